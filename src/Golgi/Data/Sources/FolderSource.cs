using System.Globalization;
using Golgi.Data.Archives;
using Golgi.Foundation;
using Golgi.Numerics.Random;

namespace Golgi.Data.Sources;

/// <summary>The user's own pictures: <c>folder:PATH</c>, a subfolder per class; or PATH with train, validation (or val)
/// and test, each with a subfolder per class.</summary>
internal sealed class FolderSource : DataSource
{
    private const double HeldOut = 0.15; // of the pictures, for validation and again for testing, where no folder says otherwise
    private const ulong TestSplitStream = 0x464F_4C44;

    private static readonly string[] ValidationNames = ["validation", "val", "valid"];

    /// <inheritdoc/>
    public override string Name => "folder";

    /// <inheritdoc/>
    public override string Usage => "folder:PATH[#SIZE]";

    /// <inheritdoc/>
    public override string Summary =>
        "your own pictures: a subfolder per class, or train, validation and test with these, or a labels.csv; "
        + "the middle SIZE x SIZE (default 32), RGB";

    /// <inheritdoc/>
    public override IReadOnlyList<DataFile> Files => [];

    /// <inheritdoc/>
    public override bool TakesPath => true;

    /// <inheritdoc/>
    public override DataFolder? Locate(DataOptions options) => null;

    /// <inheritdoc/>
    public override IReadOnlyList<FileCheck> Verify(
        DataOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default) => [];

    /// <inheritdoc/>
    public override DataSet Open(
        DataRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var (root, size) = PathAndSize(request);
        var options = request.Options;
        string? trainFolder = Existing(root, ["train"]), testFolder = Existing(root, ["test"]);
        string? validationFolder = Existing(root, ValidationNames);
        var list = trainFolder is not null ? PictureList.OfSubfolders(trainFolder)
            : PictureList.HasTable(root) ? PictureList.OfTable(root, options.CacheFolder, progress, cancellation)
            : PictureList.OfSubfolders(root);
        var given = trainFolder is null || validationFolder is null ? null : PictureList.OfSubfolders(validationFolder, list.Names);
        var judge = trainFolder is null || testFolder is null ? null : PictureList.OfSubfolders(testFolder, list.Names);
        string identity = Digest.OfText($"{list.Describe()}\n\n{given?.Describe()}\n\n{judge?.Describe()}");
        cancellation.ThrowIfCancellationRequested();

        var (train, validation, test) = (list.Files, given?.Files, judge?.Files);
        if (test is null) (test, train) = Divide(train, Portion(train.Count), options.Seed, TestSplitStream);
        int held = validation is null ? options.ValidationCount ?? Portion(list.Files.Count) : 0;
        if (held >= train.Count)
        {
            throw new ArgumentException($"{held} validation pictures are asked for, but there are only {train.Count} to train on.");
        }

        if (validation is null) (validation, train) = Divide(train, held, options.Seed, Split.HoldOutStream);
        using var _ = TorchSharp.torch.NewDisposeScope();
        return new DataSet(
            request.Name,
            Examples(Limited(train, options.TrainLimit, options.Seed), size),
            Examples(validation, size),
            Examples(Limited(test, options.TestLimit, options.Seed), size),
            list.Names,
            Preprocessing.UnitRange,
            $"folder {identity} size={size} {Split.Identity(options, held)}");
    }

    private static string? Existing(string root, string[] names) =>
        names.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists);

    private static (string Root, int Size) PathAndSize(DataRequest request)
    {
        if (string.IsNullOrEmpty(request.Argument)) throw new ArgumentException("'folder:' names no folder; write folder:PATH.");
        int hash = request.Argument.LastIndexOf('#');
        string root = hash < 0 ? request.Argument : request.Argument[..hash];
        int size = request.Options.ImageSize;
        string number = request.Argument[(hash + 1)..];
        if (hash >= 0 && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size is > 0 and <= 4096))
        {
            throw new ArgumentException(
                $"'{request.Name}' has no size after #; write a number of pixels from 1 to 4096, as in folder:PATH#64.");
        }

        return Directory.Exists(root) ? (Path.GetFullPath(root), size) : throw new DirectoryNotFoundException($"There is no folder '{root}'.");
    }

    private static (IReadOnlyList<(string Path, long Label)> Held, IReadOnlyList<(string Path, long Label)> Remaining) Divide(
        IReadOnlyList<(string Path, long Label)> files, int count, long seed, ulong stream)
    {
        long[] order = new Philox((ulong)seed, stream).Permutation(files.Count);
        return ([.. order.Take(count).Order().Select(i => files[(int)i])], [.. order.Skip(count).Order().Select(i => files[(int)i])]);
    }

    private static IReadOnlyList<(string Path, long Label)> Limited(IReadOnlyList<(string Path, long Label)> files, int? limit, long seed) =>
        limit is { } most && most < files.Count ? Divide(files, most, seed, TestSplitStream + 1).Held : files;

    private static int Portion(int count) => Math.Max(1, (int)(count * HeldOut));

    private static ImageFolderExamples Examples(IReadOnlyList<(string Path, long Label)> files, int size) =>
        new([.. files.Select(file => file.Path)], [.. files.Select(file => file.Label)], size);
}
