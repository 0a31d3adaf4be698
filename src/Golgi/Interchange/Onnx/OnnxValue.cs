namespace Golgi.Interchange.Onnx;

/// <summary>A named value with its type.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="ElementType">The format's number of the element type; 0 where the file does not say, or it is not a tensor.</param>
/// <param name="Shape">Sizes; −1 for one that is open; null where the file does not say.</param>
public sealed record OnnxValue(string Name, int ElementType, IReadOnlyList<long>? Shape)
{
    /// <summary>Names of the open sizes, by dimension; "" for one without a name.</summary>
    public IReadOnlyList<string> OpenNames { get; init; } = [];

    /// <summary>True where the value is a sequence, a map or an optional, which Golgi does not read.</summary>
    public bool IsNotTensor { get; init; }

    /// <summary>As people write it: <c>data float32 [N, 3, 224, 224]</c>.</summary>
    public override string ToString() =>
        $"{Name} {OnnxElement.Name(ElementType)}" + (Shape is null ? "" : $" [{string.Join(", ", Shape.Select(Size))}]");

    private string Size(long size, int dimension) =>
        size >= 0 ? $"{size}" : OpenNames.ElementAtOrDefault(dimension) is { Length: > 0 } name ? name : "?";
}
