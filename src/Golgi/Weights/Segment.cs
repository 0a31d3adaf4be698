namespace Golgi.Weights;

/// <summary>Where one parameter lies in a <see cref="WeightVector"/>.</summary>
/// <param name="Name">Its dotted name, as <c>named_parameters()</c> has it; the first one if it is tied.</param>
/// <param name="Offset">Its first element in the vector.</param>
/// <param name="Shape">Its shape in the module.</param>
public sealed record Segment(string Name, long Offset, IReadOnlyList<long> Shape)
{
    /// <summary>How many elements it has.</summary>
    public long Length { get; } = Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>True for kernels and matrices; false for biases and the scales and shifts of normalization layers.</summary>
    public bool IsKernel => Shape.Count >= 2;

    /// <summary>Number of inputs of one output of a kernel [out, in, ...]; 1 for other parameters.</summary>
    public long FanIn => IsKernel ? Length / Shape[0] : 1;

    /// <summary>Number of outputs that one input of a kernel [out, in, ...] reaches; 1 for other parameters.</summary>
    public long FanOut => IsKernel ? Length / Shape[1] : 1;
}
