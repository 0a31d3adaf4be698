using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Networks;
using Golgi.Training;

namespace Golgi.Jobs;

/// <summary>Measures a network on a part of its data set.</summary>
/// <param name="specimen">The network with its data. Borrowed.</param>
/// <param name="part">Which part.</param>
public sealed class EvaluateJob(Specimen specimen, DataPart part) : SpecimenJob<EvaluationResult>(specimen)
{
    private const int MostValues = 1 << 22, MostExamples = 500;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("evaluate", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{Specimen.Data?.Name}-{Specimen.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => new() { ["part"] = part.ToString() };

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The specimen comes without data.</exception>
    public override EvaluationResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var data = Specimen.Data
            ?? throw new ArgumentException($"{Specimen.Name} comes without data to evaluate on. Name a data set with --data.");
        var found = Evaluator.Evaluate(Specimen, data[part], Batch(Specimen), context.Cancellation);
        return new EvaluationResult(Specimen.Name, data.Name, part) { Evaluation = found };
    }

    // Large images in small batches: a network's activations take many times an input's memory.
    private static int Batch(Specimen specimen) =>
        (int)Math.Clamp(MostValues / Math.Max(1, specimen.InputShape.Aggregate(1L, (a, b) => a * Math.Max(1, b))), 1, MostExamples);
}
