using Golgi.Data.Archives;
using Golgi.Foundation;

namespace Golgi.Data.Sources;

/// <summary>CIFAR-10, binary version, from a folder or an archive.</summary>
internal sealed class CifarSource : DataSource
{
    private const int DefaultValidation = 5000;
    private const string UsedTestNote =
        "not the original, but known: order, labels and 9,980 of 10,000 pictures are the original's; "
        + "20 pictures went through JPEG once";

    private static readonly string[] Originals =
    [
        "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
        "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
        "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
        "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
        "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
        "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
    ];

    private static readonly Dictionary<string, string> Variants = new()
    {
        ["123ca0dad8f960344d9149742165d4215093c84c8c4bdc5922af93b614bdb501"] = UsedTestNote,
    };

    /// <inheritdoc/>
    public override string Name => "cifar10";

    /// <inheritdoc/>
    public override string Usage => "cifar10";

    /// <inheritdoc/>
    public override string Summary => "50,000 + 10,000 small photographs in ten classes, 32x32 color (Krizhevsky)";

    /// <inheritdoc/>
    public override IReadOnlyList<DataFile> Files { get; } =
    [
        new(
            "cifar-10/cifar-10-binary.tar.gz",
            170052171,
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
            new Uri("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz")),
    ];

    /// <inheritdoc/>
    public override bool TakesPath => false;

    /// <inheritdoc/>
    public override DataFolder? Locate(DataOptions options) =>
        DataFolders.Search(options).FirstOrDefault(folder => CifarFolder.Find(folder.Path) is not null);

    /// <inheritdoc/>
    public override DataSet Open(
        DataRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        string folder = Unpacked(request.Options, progress, cancellation) ?? throw Missing.Files(this, request.Options);
        string[] paths = [.. CifarFolder.Batches.Select(batch => Path.Combine(folder, batch))];
        var digests = new List<string>();
        progress?.Report(new WorkProgress("reading CIFAR-10", 0, 0));
        using var train = CifarFile.Read(paths[..^1], digests, cancellation);
        using var test = CifarFile.Read(paths[^1..], digests, cancellation);
        var split = Split.HoldOut(train, request.Options, DefaultValidation);
        return new DataSet(
            request.Name,
            split.Train,
            split.Validation,
            Split.Limit(test, request.Options),
            ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
            Preprocessing.UnitRange,
            $"{Name} {Digest.OfText(string.Join(' ', digests))} {Split.Identity(request.Options, DefaultValidation)}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<FileCheck> Verify(
        DataOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        string? folder = Unpacked(options, progress, cancellation);
        var found = new List<FileCheck>();
        for (int i = 0; i < Originals.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            string path = folder is null ? CifarFolder.Batches[i] : Path.Combine(folder, CifarFolder.Batches[i]);
            string? digest = folder is null ? null : Digest.OfFile(path);
            string? note = digest is null ? null : Variants.GetValueOrDefault(digest);
            var state = digest is null ? FileState.Missing
                : digest == Originals[i] ? FileState.Original
                : note is not null ? FileState.Variant
                : FileState.Differs;
            found.Add(new FileCheck(path, state, digest, Originals[i], note));
        }

        return found;
    }

    private string? Unpacked(DataOptions options, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (Locate(options) is not { } place) return null;
        string found = CifarFolder.Find(place.Path)!;
        return Directory.Exists(found)
            ? found
            : TarArchive.Unpack(found, CifarFolder.Batches, options.CacheFolder, progress, cancellation);
    }
}
