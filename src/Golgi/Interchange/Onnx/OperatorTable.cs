using Golgi.Interchange.Onnx.Operators;

namespace Golgi.Interchange.Onnx;

/// <summary>The operators that Golgi computes, standard domain, versions 7 to 22.</summary>
internal static class OperatorTable
{
    public const long OldestOpset = 7, NewestOpset = 22;

    private static readonly Dictionary<string, KernelFactory> Factories =
        new IEnumerable<(string Name, KernelFactory Build)>[]
        {
            Elementwise.Table, Activations.Table, Convolutions.Table, Pools.Table, Normalizations.Table, LinearAlgebra.Table,
            Reductions.Table, Shapes.Table, Sources.Table, Indexing.Table, Recurrent.Table, Padding.Table, Resizing.Table,
            ControlFlow.Table,
        }.SelectMany(table => table).ToDictionary(entry => entry.Name, entry => entry.Build);

    /// <summary>All operators by name.</summary>
    public static IReadOnlyCollection<string> Names => Factories.Keys;

    public static bool Knows(OnnxNode node) => node.Domain.Length == 0 && Factories.ContainsKey(node.Operator);

    public static KernelFactory Of(OnnxNode node) => Factories[node.Operator];
}
