using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>How differently the pictures of a batch drive a layer: minus the mean correlation of their Gram matrices
/// with the others'.</summary>
/// <remarks>Olah et al. 2017: −Σ_{b ≠ a} ⟨G_a, G_b⟩ / (N − 1) with G_a = F_a F_aᵀ of unit norm. 0 where all Grams are
/// orthogonal,
/// −1 where the pictures are alike. Couples the pictures of a batch.</remarks>
/// <param name="layer">A dotted name; its maps should have several positions.</param>
public sealed class DiversityObjective(string layer) : Objective
{
    private const double Tiny = 1e-12; // keeps a dead layer's norm defined

    /// <inheritdoc/>
    public override IReadOnlyList<string> Layers => [layer];

    /// <inheritdoc/>
    public override Tensor Score(ForwardPass pass)
    {
        long views = pass.Views, count = pass.Pictures.shape[0];
        var activations = pass[layer];
        var features = activations.flatten(1).view(activations.shape[0], activations.shape[1], -1);   // [views · N, units, positions]
        var gram = features.matmul(features.transpose(1, 2)).flatten(1);
        gram = gram / (gram.square().sum(1, keepdim: true) + Tiny).sqrt();
        gram = gram.view(views, count, -1);
        var alike = gram.matmul(gram.transpose(1, 2));                                               // [views, N, N]
        var others = alike.sum(2) - alike.diagonal(0, 1, 2);
        return (-others / Math.Max(1, count - 1)).mean([0L]);
    }

    /// <inheritdoc/>
    public override string ToString() => $"diversity of {layer}";
}
