using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>An objective of another network that sees the same pictures: an encoder, a condition, a judge.</summary>
/// <param name="network">A name of <see cref="AscentPlan.Networks"/>; it must read the layers of <paramref name="inner"/>.</param>
/// <param name="inner">What is asked of it.</param>
public sealed class NetworkObjective(string network, Objective inner) : Objective
{
    /// <summary>None of the specimen's own.</summary>
    public override IReadOnlyList<string> Layers => [];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return inner.Score(pass.Through(network));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{network}: {inner}";
}
