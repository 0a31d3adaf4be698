using Golgi.Ascent;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>What <see cref="PicturesJob"/> found; the values are <c>artifacts/pictures.npy</c>.</summary>
/// <param name="Found">What is known of each picture.</param>
/// <param name="Seconds">How long it took, in the last sitting.</param>
public sealed record PicturesResult(IReadOnlyList<PreferredPicture> Found, double Seconds)
{
    /// <summary>The outcome of the whole: the first that is not <see cref="AscentOutcome.Finished"/>, if any.</summary>
    public AscentOutcome Outcome =>
        Found.Select(picture => picture.Outcome).FirstOrDefault(outcome => outcome != AscentOutcome.Finished);
}
