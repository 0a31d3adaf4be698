namespace Golgi.Data.Sources;

/// <summary>Where CIFAR-10's binary files lie: six files in a folder, or an archive of them.</summary>
internal static class CifarFolder
{
    public const string Inner = "cifar-10-batches-bin";

    /// <summary>The six files of pictures, training first.</summary>
    public static IReadOnlyList<string> Batches { get; } =
        ["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"];

    private static readonly string[] Folders = ["cifar-10/" + Inner, "cifar-10", Inner];
    private static readonly string[] Archives =
        ["cifar-10/cifar-10-binary.tar.gz", "cifar-10/cifar-10-binary.tar.xz", "cifar-10-binary.tar.gz", "cifar-10-binary.tar.xz"];

    /// <summary>The folder or archive in a data folder; null if there is none. A folder goes before an
    /// archive.</summary>
    public static string? Find(string dataFolder) =>
        Folders.Select(folder => Path.Combine(dataFolder, folder)).FirstOrDefault(IsComplete)
        ?? Archives.Select(archive => Path.Combine(dataFolder, archive)).FirstOrDefault(File.Exists);

    private static bool IsComplete(string folder) => Batches.All(batch => File.Exists(Path.Combine(folder, batch)));
}
