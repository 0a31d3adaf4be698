namespace Golgi.Interchange.Onnx;

/// <summary>A setting of a node. One of the values is filled, as <see cref="Kind"/> says.</summary>
public sealed class OnnxAttribute
{
    /// <summary>The format's number: 1 float, 2 int, 3 string, 4 tensor, 5 graph, 6 floats, 7 ints, 8 strings, 9 tensors, 10 graphs.</summary>
    public int Kind { get; set; }

    /// <summary>A float.</summary>
    public float Float { get; set; }

    /// <summary>A whole number.</summary>
    public long Integer { get; set; }

    /// <summary>A text.</summary>
    public string Text { get; set; } = "";

    /// <summary>A tensor.</summary>
    public OnnxTensor? Tensor { get; set; }

    /// <summary>A graph: a branch, or a loop's body.</summary>
    public OnnxGraph? Graph { get; set; }

    /// <summary>Floats.</summary>
    public List<float> Floats { get; } = [];

    /// <summary>Whole numbers.</summary>
    public List<long> Integers { get; } = [];

    /// <summary>Texts.</summary>
    public List<string> Texts { get; } = [];

    /// <summary>True where the value is an attribute of the enclosing function; only functions have those.</summary>
    public bool IsReference { get; set; }

    /// <summary>A float attribute.</summary>
    public static OnnxAttribute Of(float value) => new() { Kind = 1, Float = value };

    /// <summary>A whole number attribute.</summary>
    public static OnnxAttribute Of(long value) => new() { Kind = 2, Integer = value };

    /// <summary>A text attribute.</summary>
    public static OnnxAttribute Of(string value) => new() { Kind = 3, Text = value };

    /// <summary>A tensor attribute.</summary>
    public static OnnxAttribute Of(OnnxTensor value) => new() { Kind = 4, Tensor = value };

    /// <summary>A list of whole numbers.</summary>
    public static OnnxAttribute Of(IEnumerable<long> values)
    {
        var attribute = new OnnxAttribute { Kind = 7 };
        attribute.Integers.AddRange(values);
        return attribute;
    }
}
