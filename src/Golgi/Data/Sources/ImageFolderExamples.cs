using Golgi.Foundation;
using Golgi.Imaging;
using static TorchSharp.torch;

namespace Golgi.Data.Sources;

/// <summary>Pictures in files, decoded when they are read. What fits into memory is kept decoded; more is
/// streamed.</summary>
internal sealed class ImageFolderExamples : Examples
{
    private const long MostBytesKept = 512L << 20;

    private readonly string[] paths;
    private readonly byte[]?[]? kept; // null: too much, every read decodes

    /// <summary>Takes the files; none is opened yet.</summary>
    /// <param name="paths">One file per example.</param>
    /// <param name="labels">One class per example.</param>
    /// <param name="size">Height and width of the inputs: a picture's shorter side is brought to it, and the middle taken.</param>
    /// <exception cref="ArgumentException">There are not as many labels as files.</exception>
    public ImageFolderExamples(IReadOnlyList<string> paths, IReadOnlyList<long> labels, int size)
        : this(paths, labels, size, MostBytesKept)
    {
    }

    internal ImageFolderExamples(IReadOnlyList<string> paths, IReadOnlyList<long> labels, int size, long mostBytesKept)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(labels);
        if (paths.Count != labels.Count)
        {
            throw new ArgumentException($"There are {paths.Count} files and {labels.Count} labels; there must be as many.");
        }

        Check.Positive(size);
        this.paths = [.. paths];
        InputShape = [3, size, size];
        Targets = new ClassTargets(tensor([.. labels], ScalarType.Int64));
        kept = paths.Count * PictureBytes <= mostBytesKept ? new byte[]?[paths.Count] : null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long> InputShape { get; }

    /// <inheritdoc/>
    public override Targets Targets { get; }

    private long PictureBytes => InputShape[0] * InputShape[1] * InputShape[2];

    /// <inheritdoc/>
    public override Tensor Read(Tensor indices)
    {
        using var scope = NewDisposeScope();
        long[] chosen = indices.data<long>().ToArray();
        byte[][] decoded = new byte[chosen.Length][];
        try
        {
            Parallel.For(0, chosen.Length, i => decoded[i] = kept?[chosen[i]] ?? Decode(chosen[i]));
        }
        catch (AggregateException error) when (error.InnerException is InvalidDataException or IOException)
        {
            throw error.InnerException;
        }

        var images = empty([chosen.Length, .. InputShape], ScalarType.Byte);
        for (int i = 0; i < decoded.Length; i++) decoded[i].CopyTo(images.bytes[(int)(i * PictureBytes)..]);
        return images.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Dispose() => Targets.Dispose();

    private byte[] Decode(long index)
    {
        using var image = Picture.LoadSquare(paths[index], (int)InputShape[1]);
        byte[] bytes = image.bytes.ToArray();
        if (kept is not null) kept[index] = bytes;
        return bytes;
    }
}
