using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Products of matrices.</summary>
internal static class LinearAlgebra
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
        [("Det", Det), ("Einsum", Einsum), ("Gemm", Gemm), ("MatMul", MatMul)];

    private static Kernel MatMul(NodeSettings node)
    {
        node.Needs(2);
        return (inputs, _) => [inputs[0]!.is_floating_point()
            ? Product.Of(inputs[0]!, inputs[1]!)
            : Product.Of(inputs[0]!.to(ScalarType.Int64), inputs[1]!.to(ScalarType.Int64)).to(inputs[0]!.dtype)];
    }

    private static Kernel Gemm(NodeSettings node)
    {
        node.Needs(2);
        double alpha = node.Float("alpha", 1), beta = node.Float("beta", 1);
        bool turnA = node.Flag("transA"), turnB = node.Flag("transB");
        return (inputs, _) =>
        {
            var a = turnA ? inputs[0]!.t() : inputs[0]!;
            var b = turnB ? inputs[1]!.t() : inputs[1]!;
            var product = a.mm(b);
            if (alpha != 1) product = product.mul(alpha);
            if (inputs.ElementAtOrDefault(2) is { } c) product = product.add(beta == 1 ? c : c.mul(beta));
            return [product];
        };
    }

    private static Kernel Einsum(NodeSettings node)
    {
        node.Needs(Math.Max(1, node.InputCount));
        string equation = node.Text("equation", "");
        if (equation.Length == 0) throw node.Bad("lacks its equation");
        return (inputs, _) => [einsum(equation, [.. inputs.Select(input => input!)])];
    }

    private static Kernel Det(NodeSettings node)
    {
        node.Needs(1);
        return (inputs, _) => [linalg.det(inputs[0]!)];
    }
}
