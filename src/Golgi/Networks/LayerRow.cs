namespace Golgi.Networks;

/// <summary>One layer of a network.</summary>
/// <param name="Name">Its dotted name.</param>
/// <param name="Kind">Its type: <c>Conv2d</c>.</param>
/// <param name="Role">What it does.</param>
/// <param name="OutputShape">What it gives for one input, without the batch: [C, H, W] or [F]; empty if it was not
/// called.</param>
/// <param name="WeightShape">The shape of its kernel, [out, in, ...]; empty if it has none.</param>
/// <param name="Parameters">Numbers that training can change, each tied one counted with the first layer that has
/// it.</param>
/// <param name="MultiplyAdds">Products of a weight and an activation for one input, biases and additions not
/// counted.</param>
public sealed record LayerRow(
    string Name,
    string Kind,
    LayerRole Role,
    IReadOnlyList<long> OutputShape,
    IReadOnlyList<long> WeightShape,
    long Parameters,
    long MultiplyAdds);
