using System.Globalization;
using Golgi.Numerics;
using Golgi.Runs;

namespace Golgi.Data;

/// <summary>The user's own pictures: <c>folder:PATH</c>, a subfolder per class; or PATH with train, validation (or val)
/// and test, each with a subfolder per class.</summary>
internal sealed class FolderSource : DataSource
{
    private const double HeldOut = 0.15; // of the pictures, for validation and again for testing, where no folder says otherwise
    private const ulong TestSplitStream = 0x464F_4C44;

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];
    private static readonly string[] ValidationNames = ["validation", "val", "valid"];

    /// <inheritdoc/>
    public override string Name => "folder";

    /// <inheritdoc/>
    public override string Usage => "folder:PATH[#SIZE]";

    /// <inheritdoc/>
    public override string Summary =>
        "your own pictures: a subfolder per class, or train, validation and test with these; the middle SIZE x SIZE (default 32), RGB";

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
        string trainFolder = Path.Combine(root, "train");
        bool divided = Directory.Exists(trainFolder);
        var (names, train) = List(divided ? trainFolder : root, null);
        string? validationFolder =
            divided ? ValidationNames.Select(name => Path.Combine(root, name)).FirstOrDefault(Directory.Exists) : null;
        string? testFolder = divided && Directory.Exists(Path.Combine(root, "test")) ? Path.Combine(root, "test") : null;
        var validation = validationFolder is null ? null : List(validationFolder, names).Files;
        var test = testFolder is null ? null : List(testFolder, names).Files;
        cancellation.ThrowIfCancellationRequested();

        var options = request.Options;
        string identity = Digest.OfText(string.Join('\n', new[] { train, validation ?? [], test ?? [] }.Select(part => Describe(part, root))));
        if (test is null) (test, train) = Divide(train, Portion(train.Count), options.Seed, TestSplitStream);
        int held = validation is null ? options.ValidationCount ?? Portion(train.Count) : 0;
        if (validation is null && held >= train.Count)
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
            names,
            Preprocessing.UnitRange,
            $"folder {identity} size={size} {Split.Identity(options, held)}");
    }

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

    /// <summary>All pictures below a folder's subfolders, in the order of their names.</summary>
    private static (List<string> Names, List<(string Path, long Label)> Files) List(string folder, List<string>? known)
    {
        var subfolders = Directory.GetDirectories(folder).Select(path => Path.GetFileName(path));
        List<string> names = [.. subfolders.Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
        if (names.Count == 0)
        {
            throw new InvalidDataException($"{folder}: has no subfolders; pictures must lie in one subfolder per class.");
        }

        if (known is not null && names.FirstOrDefault(name => !known.Contains(name)) is { } stranger)
        {
            throw new InvalidDataException($"{folder}: has a class '{stranger}' that the training pictures have not.");
        }

        var files = new List<(string, long)>();
        foreach (string name in names)
        {
            int before = files.Count;
            files.AddRange(Directory.EnumerateFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories)
                .Where(path => Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
                .Order(StringComparer.Ordinal)
                .Select(path => (path, (long)(known ?? names).IndexOf(name))));
            if (files.Count == before)
            {
                throw new InvalidDataException($"{Path.Combine(folder, name)}: holds no pictures ({string.Join(", ", Endings)}).");
            }
        }

        return (names, files);
    }

    /// <summary>Names, sizes and times of change stand for the pictures' bytes, which may be too many to
    /// read.</summary>
    private static string Describe(List<(string Path, long Label)> files, string root) => string.Join('\n', files.Select(file =>
    {
        var entry = new FileInfo(file.Path);
        return $"{Path.GetRelativePath(root, file.Path).Replace('\\', '/')} {entry.Length} {entry.LastWriteTimeUtc.Ticks}";
    }));

    private static (List<(string Path, long Label)> Held, List<(string Path, long Label)> Remaining) Divide(
        List<(string Path, long Label)> files, int count, long seed, ulong stream)
    {
        long[] order = new Philox((ulong)seed, stream).Permutation(files.Count);
        return ([.. order.Take(count).Order().Select(i => files[(int)i])], [.. order.Skip(count).Order().Select(i => files[(int)i])]);
    }

    private static List<(string Path, long Label)> Limited(List<(string Path, long Label)> files, int? limit, long seed) =>
        limit is { } most && most < files.Count ? Divide(files, most, seed, TestSplitStream + 1).Held : files;

    private static int Portion(int count) => Math.Max(1, (int)(count * HeldOut));

    private static ImageFolderExamples Examples(List<(string Path, long Label)> files, int size) =>
        new([.. files.Select(file => file.Path)], [.. files.Select(file => file.Label)], size);
}
