using Golgi.Foundation;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>Turns the progress of single trainings into that of a replicate.</summary>
internal sealed class ChainProgress(IProgress<WorkProgress> whole, long total) : IProgress<WorkProgress>
{
    private const long Grain = 1000; // parts of one training
    private long finished;

    /// <summary>What is trained now.</summary>
    public string Task { get; set; } = "";

    /// <summary>One training is done.</summary>
    public void Finish() => finished++;

    /// <inheritdoc/>
    public void Report(WorkProgress value) => whole.Report(value with
    {
        Task = Task,
        Done = (finished * Grain) + (value.Total > 0 ? value.Done * Grain / value.Total : 0),
        Total = total * Grain,
    });
}
