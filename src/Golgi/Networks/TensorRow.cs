namespace Golgi.Networks;

/// <summary>One tensor of a weight file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">Its element type, as torch calls it.</param>
public sealed record TensorRow(string Name, IReadOnlyList<long> Shape, string Type);
