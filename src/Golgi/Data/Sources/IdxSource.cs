using Golgi.Data.Archives;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data.Sources;

/// <summary>A published set of grey images in four IDX files: MNIST and its kin.</summary>
internal sealed class IdxSource(string name, string summary, IReadOnlyList<string> classNames, IReadOnlyList<DataFile> files) : DataSource
{
    private const int DefaultValidation = 5000;

    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Usage => name;

    /// <inheritdoc/>
    public override string Summary => summary;

    /// <inheritdoc/>
    public override IReadOnlyList<DataFile> Files => files;

    /// <inheritdoc/>
    public override bool TakesPath => false;

    /// <inheritdoc/>
    public override DataFolder? Locate(DataOptions options) =>
        DataFolders.Search(options).FirstOrDefault(folder => files.All(file => PathOf(file, folder.Path) is not null));

    /// <inheritdoc/>
    public override DataSet Open(
        DataRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = Locate(request.Options) ?? throw Missing.Files(this, request.Options);
        string[] paths = [.. files.Select(file => PathOf(file, folder.Path)!)];
        string identity = string.Join(' ', paths.Select(path => Digest.OfUnchangedFile(path)));
        cancellation.ThrowIfCancellationRequested();

        using var train = ReadPair(paths[0], paths[1], classNames.Count);
        using var test = ReadPair(paths[2], paths[3], classNames.Count);
        var split = Split.HoldOut(train, request.Options, DefaultValidation);
        return new DataSet(
            request.Name,
            split.Train,
            split.Validation,
            Split.Limit(test, request.Options),
            classNames,
            Preprocessing.UnitRange,
            $"{name} {Digest.OfText(identity)} {Split.Identity(request.Options, DefaultValidation)}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FileCheck> Verify(
        DataOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var folder = Locate(options)
            ?? DataFolders.Search(options).FirstOrDefault(place => files.Any(file => PathOf(file, place.Path) is not null));
        var found = new List<FileCheck>();
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            string? path = folder is null ? null : PathOf(file, folder.Path);
            string? digest = path is null ? null : Digest.OfFile(path);
            string expected = path is null || path.EndsWith(".gz", StringComparison.Ordinal) ? file.Sha256 : file.PlainSha256 ?? file.Sha256;
            var state = digest is null ? FileState.Missing : digest == expected ? FileState.Original : FileState.Differs;
            found.Add(new FileCheck(path ?? file.Path, state, digest, expected));
            progress?.Report(new WorkProgress($"checking {name}", found.Count, files.Count));
        }

        return found;
    }

    private static TensorExamples ReadPair(string imagesPath, string labelsPath, int classes)
    {
        using var scope = NewDisposeScope();
        var images = IdxFile.Read(imagesPath, 3);
        var labels = IdxFile.Read(labelsPath, 1);
        if (images.shape[0] != labels.shape[0])
        {
            throw new InvalidDataException(
                $"{labelsPath}: holds {labels.shape[0]} labels, but {imagesPath} holds {images.shape[0]} images; there must be as many.");
        }

        if (labels.shape[0] == 0) throw new InvalidDataException($"{imagesPath}: holds no images.");
        long largest = labels.max().item<byte>();
        if (largest >= classes)
        {
            throw new InvalidDataException($"{labelsPath}: holds the label {largest}; labels must lie in 0..{classes - 1}.");
        }

        return new TensorExamples(images.unsqueeze(1), labels.to(ScalarType.Int64));
    }

    private static string? PathOf(DataFile file, string folder)
    {
        string path = Path.Combine(folder, file.Path);
        if (File.Exists(path)) return path;
        string plain = Path.ChangeExtension(path, null);
        return File.Exists(plain) ? plain : null;
    }
}
