namespace Golgi.Interchange.Onnx.Inference;

/// <summary>One or several steps of a plan as the inference plan runs them.</summary>
/// <param name="Kernel">Computes the output map of the input maps; null: not possible with these.</param>
/// <param name="Inputs">Where maps come from.</param>
/// <param name="Output">Where the output map goes; −1 where the kernel writes into part of another's output.</param>
/// <param name="Plain">The step to run with tensors instead, where there is no kernel for it.</param>
internal sealed record FastStep(MapKernel? Kernel, int[] Inputs, int Output, Step? Plain = null)
{
    /// <summary>Values that nobody reads after this step.</summary>
    public int[] Release { get; set; } = [];
}
