namespace Golgi.Interchange.Onnx.Operators;

/// <summary>How a kernel window slides over an input: sizes, steps, and what is padded.</summary>
/// <param name="Kernel">Window size per spatial dimension.</param>
/// <param name="Stride">Step.</param>
/// <param name="Dilation">Distance between the window's elements.</param>
/// <param name="Begin">Padding before, when <paramref name="Auto"/> is NOTSET or VALID.</param>
/// <param name="End">Padding after.</param>
/// <param name="Auto">NOTSET, VALID, SAME_UPPER or SAME_LOWER.</param>
/// <param name="Ceil">True where a last, partial window counts.</param>
internal sealed record Window(long[] Kernel, long[] Stride, long[] Dilation, long[] Begin, long[] End, string Auto, bool Ceil)
{
    public int Rank => Kernel.Length;

    /// <summary>True where the padding is the same before and after, and known at import.</summary>
    public bool IsSymmetric => !IsSame && Begin.SequenceEqual(End);

    /// <summary>True where the output has the input's size divided by the stride, whatever padding that takes.</summary>
    public bool IsSame => Auto is "SAME_UPPER" or "SAME_LOWER";

    /// <summary>Reads the attributes that convolutions and pools share.</summary>
    /// <param name="kernel">The window's size where the attribute is missing: the weight's.</param>
    public static Window Read(NodeSettings node, long[]? kernel)
    {
        long[] size = node.Integers("kernel_shape") ?? kernel ?? throw node.Bad("lacks kernel_shape");
        int rank = size.Length;
        long[] stride = node.Integers("strides") ?? [.. Enumerable.Repeat(1L, rank)];
        long[] dilation = node.Integers("dilations") ?? [.. Enumerable.Repeat(1L, rank)];
        long[] pads = node.Integers("pads") ?? new long[2 * rank];
        string auto = node.Text("auto_pad", "NOTSET");
        if (rank is < 1 or > 3) throw node.Unsupported($"has {rank} spatial dimensions");
        if (stride.Length != rank || dilation.Length != rank || pads.Length != 2 * rank)
        {
            throw node.Bad($"has {rank} kernel sizes, {stride.Length} strides, {dilation.Length} dilations and {pads.Length} pads");
        }

        if (size.Concat(stride).Concat(dilation).Any(value => value is < 1 or > 1 << 20) || pads.Any(pad => pad is < 0 or > 1 << 20))
        {
            throw node.Bad("has a kernel size, stride, dilation or padding outside its range");
        }

        if (auto is not ("NOTSET" or "VALID" or "SAME_UPPER" or "SAME_LOWER" or "")) throw node.Bad($"has auto_pad '{auto}'");
        if (auto == "VALID") pads = new long[2 * rank];

        // At stride 1 the padding of SAME does not depend on the input.
        if (auto is "SAME_UPPER" or "SAME_LOWER" && stride.All(step => step == 1))
        {
            for (int i = 0; i < rank; i++)
            {
                long total = (size[i] - 1) * dilation[i], half = total / 2;
                (pads[i], pads[rank + i]) = auto == "SAME_UPPER" ? (half, total - half) : (total - half, half);
            }

            auto = "NOTSET";
        }

        return new Window(size, stride, dilation, pads[..rank], pads[rank..], auto, node.Flag("ceil_mode"));
    }

    /// <summary>The padding for an input of a given size.</summary>
    public (long[] Begin, long[] End) Pads(ReadOnlySpan<long> input)
    {
        if (!IsSame) return (Begin, End);
        long[] begin = new long[Rank], end = new long[Rank];
        for (int i = 0; i < Rank; i++)
        {
            long output = (input[i] + Stride[i] - 1) / Stride[i];
            long total = Math.Max(0, ((output - 1) * Stride[i]) + Reach(i) - input[i]);
            begin[i] = Auto == "SAME_UPPER" ? total / 2 : total - (total / 2);
            end[i] = total - begin[i];
        }

        return (begin, end);
    }

    /// <summary>The output's size for an input of a given size.</summary>
    public long[] Output(ReadOnlySpan<long> input)
    {
        var (begin, end) = Pads(input);
        long[] output = new long[Rank];
        for (int i = 0; i < Rank; i++)
        {
            long room = input[i] + begin[i] + end[i] - Reach(i);
            if (room < 0)
            {
                throw new InvalidDataException($"A window of {Reach(i)} does not fit an input of {input[i]} with padding {begin[i]} and {end[i]}.");
            }
            output[i] = (Ceil ? (room + Stride[i] - 1) / Stride[i] : room / Stride[i]) + 1;
            // A window that would start in the padding at the end does not count.
            if (Ceil && (output[i] - 1) * Stride[i] >= input[i] + begin[i]) output[i]--;
        }

        return output;
    }

    /// <summary>From the first to the last element of the window, dilation included.</summary>
    public long Reach(int dimension) => ((Kernel[dimension] - 1) * Dilation[dimension]) + 1;

    /// <summary>Pads as torch's pad wants them: last dimension first, before and after.</summary>
    public static long[] ForPad(long[] begin, long[] end)
    {
        long[] pads = new long[2 * begin.Length];
        for (int i = 0; i < begin.Length; i++)
        {
            pads[2 * i] = begin[^(i + 1)];
            pads[(2 * i) + 1] = end[^(i + 1)];
        }

        return pads;
    }
}
