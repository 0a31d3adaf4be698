using Golgi.Foundation;
using Golgi.Imaging;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Data.Sources;

/// <summary>A look at a data set: how many examples each class has, and a sheet of some of them.</summary>
public static class DataSheet
{
    private const int MostRows = 50;
    private const int WidthOfSmallImages = 40; // up to this many pixels, each is drawn as four

    /// <summary>How many examples of each class a part has.</summary>
    public static IReadOnlyList<long> Counts(Examples part, int classes)
    {
        ArgumentNullException.ThrowIfNull(part);
        using var counts = part.Labels.bincount(null, classes);
        return counts.data<long>().ToArray();
    }

    /// <summary>Draws a row of examples of each class (of the first 50 classes), the same choice for one
    /// seed.</summary>
    /// <param name="part">One of the set's parts; its inputs must be images with 1 or 3 channels.</param>
    /// <param name="classNames">One per class.</param>
    /// <param name="perClass">How many in a row; fewer where a class has no more.</param>
    /// <param name="seed">Of the choice.</param>
    /// <returns>uint8 [3, height, width]; the caller owns it.</returns>
    /// <exception cref="ArgumentException">The inputs are no images.</exception>
    public static Tensor Draw(Examples part, IReadOnlyList<string> classNames, int perClass, long seed)
    {
        ArgumentNullException.ThrowIfNull(part);
        ArgumentNullException.ThrowIfNull(classNames);
        Check.Positive(perClass);
        if (part.InputShape is not [1 or 3, var height, var width])
        {
            throw new ArgumentException(
                $"The inputs have shape {Check.Describe([.. part.InputShape])}; a sheet needs images [1 or 3, height, width].", nameof(part));
        }

        using var scope = NewDisposeScope();
        var rows = new List<Tensor>();
        string[] shown = [.. classNames.Take(MostRows)];
        long[] labels = part.Labels.data<long>().ToArray();
        long[] order = new Philox((ulong)seed).Permutation(labels.Length);
        for (int label = 0; label < shown.Length; label++)
        {
            long[] chosen = [.. order.Where(i => labels[i] == label).Take(perClass)];
            if (chosen.Length > 0) rows.Add(part.Read(tensor(chosen, ScalarType.Int64)));
            var blank = full([perClass - chosen.Length, part.InputShape[0], height, width], 255, ScalarType.Byte);
            rows.Add(rows.Count == 0 ? blank : blank.to(rows[^1].dtype));
        }

        var sheet = new ContactSheet { Columns = perClass, Scale = width <= WidthOfSmallImages ? 2 : 1, RowCaptions = shown };
        return sheet.Draw(cat(rows, 0)).MoveToOuterDisposeScope();
    }
}
