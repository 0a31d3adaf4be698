using Golgi.Ascent;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Pictures that units want to see.</summary>
/// <param name="Pictures">[N, C, H, W] in [0, 1], unit by unit. Owned by this object.</param>
/// <param name="Found">What is known of each.</param>
public sealed record PreferredPictures(Tensor Pictures, IReadOnlyList<PreferredPicture> Found) : IDisposable
{
    /// <summary>The outcome of the whole: the first that is not <see cref="AscentOutcome.Finished"/>, if any.</summary>
    public AscentOutcome Outcome =>
        Found.Select(picture => picture.Outcome).FirstOrDefault(outcome => outcome != AscentOutcome.Finished);

    /// <inheritdoc/>
    public void Dispose() => Pictures.Dispose();
}
