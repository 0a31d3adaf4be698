using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A branch or a loop's body, ready to run. Values of the enclosing graph come in by position.</summary>
internal sealed class Subgraph(Plan plan, int inputs, int[] captured)
{
    public int Inputs => inputs;

    public int Outputs => plan.OutputCount;

    /// <summary>Runs the graph.</summary>
    /// <param name="own">The graph's own inputs.</param>
    /// <param name="all">All inputs of the enclosing node, captured ones included.</param>
    public Tensor?[] Run(Tensor?[] own, Tensor?[] all, bool training) =>
        plan.Run([.. own, .. captured.Select(index => all[index])], training);
}
