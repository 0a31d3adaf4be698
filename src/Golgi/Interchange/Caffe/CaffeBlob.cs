using Golgi.Interchange.Wire;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Interchange.Caffe;

/// <summary>Caffe's array: a shape and float32 or float64 values.</summary>
internal static class CaffeBlob
{
    /// <summary>Parses a blob. Old ones have four sizes (num, channels, height, width), new ones a list.</summary>
    /// <returns>float32 on the CPU; the caller owns it.</returns>
    public static Tensor Parse(WireReader reader)
    {
        long[] old = [0, 0, 0, 0];
        bool isOld = false;
        List<long>? shape = null;
        var values = new List<float>();
        var doubles = new List<double>();
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case >= 1 and <= 4: old[reader.Field - 1] = reader.Integer(); isOld = true; break;
                case 5: reader.Floats(values); break;
                case 7: shape = Shape(reader.Message()); break;
                case 8: reader.Doubles(doubles); break;
                default: reader.Skip(); break;
            }
        }

        if (doubles.Count > 0) values = [.. doubles.Select(value => (float)value)];
        long[] sizes = shape is not null ? [.. shape] : isOld ? old : [values.Count];
        if (sizes.Length > 32 || TensorBytes.Length(sizes, ScalarType.Byte) != values.Count)
        {
            throw reader.Bad($"a blob of shape [{string.Join(", ", sizes)}] has {values.Count} values");
        }

        return tensor(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values).ToArray()).reshape(sizes);
    }

    private static List<long> Shape(WireReader reader)
    {
        var sizes = new List<long>();
        while (reader.Next())
        {
            if (reader.Field == 1) reader.Integers(sizes);
            else reader.Skip();
        }

        return sizes;
    }
}
