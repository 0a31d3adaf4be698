using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Scores;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>Asks a network which class it sees in pictures that were made for another.</summary>
/// <param name="judge">The network. Borrowed; it is left as it was.</param>
/// <param name="folders">The pictures, each with the name that the result calls it.</param>
/// <param name="size">Height and width in which the judge sees them; null: its own input.</param>
/// <param name="contrast">How strongly they are shown.</param>
public sealed class JudgeJob(
    Specimen judge, IReadOnlyList<(string Name, SavedPictures Pictures)> folders, (long Height, long Width)? size = null,
    Contrast contrast = Contrast.Plain) : SpecimenJob<JudgeResult>(judge)
{
    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("see-judge", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override JsonObject Options => new()
    {
        ["size"] = new JsonArray(Size.Height, Size.Width),
        ["contrast"] = JsonSerializer.SerializeToNode(contrast, RunJson.Format),
        ["pictures"] = new JsonArray([.. folders.Select(folder => JsonValue.Create(folder.Pictures.Contents))]),
    };

    private (long Height, long Width) Size => size ?? (Specimen.InputShape[^2], Specimen.InputShape[^1]);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The judge has no such class.</exception>
    public override JudgeResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new JudgeResult(Specimen.Name, $"{Size.Height}x{Size.Width}", [.. folders.Select(folder =>
        {
            context.Cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var saved = folder.Pictures;
            var verdict = PictureJudge.Ask(Specimen, saved.Load(contrast), saved.Classes, Size);
            return new JudgedPictures(folder.Name, saved.Images.Count, verdict.Top1, verdict.Top5, saved.SpectrumSlope);
        })]);
    }
}
