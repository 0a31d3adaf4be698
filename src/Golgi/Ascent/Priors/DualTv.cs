using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>argmin_u TV(u) + w/2 |u − f|² by fast gradient projection on the dual: u = f − div p / w, |p| ≤
/// 1.</summary>
/// <remarks>Beck and Teboulle 2009. The gradient's Lipschitz constant is 8 / w.</remarks>
internal static class DualTv
{
    public static Tensor Denoise(Tensor f, double weight, TotalVariationKind kind, int iterations)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor across = zeros_like(f), down = zeros_like(f), fastAcross = across, fastDown = down;
        double momentum = 1, step = weight / 8;
        for (int i = 0; i < iterations; i++)
        {
            using var inner = NewDisposeScope();
            var u = f - (Adjoint(fastAcross, fastDown) / weight);
            var (nextAcross, nextDown) = Project(
                fastAcross + (step * Forward(u, 3)), fastDown + (step * Forward(u, 2)), kind);
            double next = (1 + Math.Sqrt(1 + (4 * momentum * momentum))) / 2, share = (momentum - 1) / next;
            fastAcross = (nextAcross + (share * (nextAcross - across))).MoveToOuterDisposeScope();
            fastDown = (nextDown + (share * (nextDown - down))).MoveToOuterDisposeScope();
            (across, down, momentum) = (nextAcross.MoveToOuterDisposeScope(), nextDown.MoveToOuterDisposeScope(), next);
        }

        return (f - (Adjoint(across, down) / weight)).MoveToOuterDisposeScope();
    }

    /// <summary>u_{i+1} − u_i, 0 in the last place.</summary>
    private static Tensor Forward(Tensor u, long dim) =>
        nn.functional.pad(u.diff(dim: dim), dim == 3 ? [0, 1, 0, 0] : [0, 0, 0, 1]);

    /// <summary>The transpose of the two differences.</summary>
    private static Tensor Adjoint(Tensor across, Tensor down) => Back(across, 3) + Back(down, 2);

    private static Tensor Back(Tensor p, long dim)
    {
        long size = p.shape[dim];
        var inner = p.narrow(dim, 0, size - 1);
        long[] before = dim == 3 ? [1, 0, 0, 0] : [0, 0, 1, 0], after = dim == 3 ? [0, 1, 0, 0] : [0, 0, 0, 1];
        return nn.functional.pad(inner, before) - nn.functional.pad(inner, after);
    }

    private static (Tensor Across, Tensor Down) Project(Tensor across, Tensor down, TotalVariationKind kind)
    {
        if (kind == TotalVariationKind.Anisotropic) return (across.clamp(-1, 1), down.clamp(-1, 1));
        var size = (across.square() + down.square()).sqrt().clamp_min(1);
        return (across / size, down / size);
    }
}
