using static TorchSharp.torch;

namespace Golgi.Tests.Numerics;

/// <summary>Points that other programs can write down too.</summary>
internal static class PlanarPoints
{
    /// <summary>x_ij = sin(0.7 (i+1)(j+1)) + 1.5 (i mod 3) cos j: three groups in eight dimensions.</summary>
    public static Tensor Groups(int count = 60)
    {
        using var scope = NewDisposeScope();
        var i = arange(count, ScalarType.Float64).unsqueeze(1);
        var j = arange(8, ScalarType.Float64).unsqueeze(0);
        return ((0.7 * (i + 1) * (j + 1)).sin() + (i.remainder(3) * j.cos() * 1.5)).MoveToOuterDisposeScope();
    }

    public static int[] Classes(int count, int classes) => [.. Enumerable.Range(0, count).Select(i => i % classes)];
}
