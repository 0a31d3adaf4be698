using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>The format's element types, and the torch types that stand for them.</summary>
internal static class OnnxElement
{
    public const int Float = 1, Byte = 2, SByte = 3, UInt16 = 4, Int16 = 5, Int32 = 6, Int64 = 7, Text = 8, Bool = 9;
    public const int Half = 10, Double = 11, UInt32 = 12, UInt64 = 13, Complex64 = 14, Complex128 = 15, BFloat16 = 16;

    /// <summary>What values of an element type are computed in: half precision in float32, unsigned numbers in the next wider signed type.</summary>
    public static ScalarType? Compute(int type) => type switch
    {
        Float or Half or BFloat16 => ScalarType.Float32,
        Byte => ScalarType.Byte,
        SByte => ScalarType.Int8,
        Int16 => ScalarType.Int16,
        UInt16 or Int32 => ScalarType.Int32,
        Int64 or UInt32 or UInt64 => ScalarType.Int64,
        Bool => ScalarType.Bool,
        Double => ScalarType.Float64,
        Complex64 => ScalarType.ComplexFloat32,
        Complex128 => ScalarType.ComplexFloat64,
        _ => null,
    };

    /// <summary>The bytes of one stored element; 0 where it has no fixed size.</summary>
    public static int Size(int type) => type switch
    {
        Byte or SByte or Bool => 1,
        UInt16 or Int16 or Half or BFloat16 => 2,
        Float or Int32 or UInt32 => 4,
        Int64 or UInt64 or Double or Complex64 => 8,
        Complex128 => 16,
        _ => 0,
    };

    /// <summary>The element type that a torch type is written as.</summary>
    public static int Of(ScalarType type) => type switch
    {
        ScalarType.Float32 => Float,
        ScalarType.Byte => Byte,
        ScalarType.Int8 => SByte,
        ScalarType.Int16 => Int16,
        ScalarType.Int32 => Int32,
        ScalarType.Int64 => Int64,
        ScalarType.Bool => Bool,
        ScalarType.Float16 => Half,
        ScalarType.Float64 => Double,
        ScalarType.BFloat16 => BFloat16,
        _ => throw new ArgumentException($"ONNX export does not write tensors of type {type}.", nameof(type)),
    };

    /// <summary>As people write it.</summary>
    public static string Name(int type) => type switch
    {
        Float => "float32",
        Byte => "uint8",
        SByte => "int8",
        UInt16 => "uint16",
        Int16 => "int16",
        Int32 => "int32",
        Int64 => "int64",
        Text => "string",
        Bool => "bool",
        Half => "float16",
        Double => "float64",
        UInt32 => "uint32",
        UInt64 => "uint64",
        Complex64 => "complex64",
        Complex128 => "complex128",
        BFloat16 => "bfloat16",
        _ => $"type {type}",
    };
}
