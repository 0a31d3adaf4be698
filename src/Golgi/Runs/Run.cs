using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Runs;

/// <summary>
/// A folder named by the hash of its configuration: <c>config.json</c>, <c>environment.json</c>, <c>metrics.jsonl</c>,
/// <c>checkpoints/</c>, <c>artifacts/</c>, and <c>result.json</c>, written last and by rename. A finished run is never repeated;
/// an unfinished one continues from its last checkpoint.
/// </summary>
/// <remarks>While a run is open for writing it is locked against other processes; the lock goes with the process, however it ends.</remarks>
public sealed class Run : IDisposable
{
    private readonly FileStream? writeLock;
    private readonly MetricsLog metrics;

    private Run(string folder, RunConfiguration configuration, FileStream? writeLock)
    {
        Folder = folder;
        Configuration = configuration;
        this.writeLock = writeLock;
        metrics = new MetricsLog(folder);
    }

    /// <summary>The folder's full path.</summary>
    public string Folder { get; }

    /// <summary>The folder's name.</summary>
    public string Name => Path.GetFileName(Folder);

    /// <summary>What the run depends on.</summary>
    public RunConfiguration Configuration { get; }

    /// <summary>True once <c>result.json</c> is there.</summary>
    public bool Finished => File.Exists(Path.Combine(Folder, "result.json"));

    /// <summary>What was measured so far, in order.</summary>
    public IReadOnlyList<MetricsRow> Metrics => metrics.Rows;

    /// <summary>Opens the run of a configuration for writing, making its folder if it is new.</summary>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="configuration">What the run depends on.</param>
    /// <exception cref="IOException">The folder cannot be written, or another process has the run open.</exception>
    public static Run Open(string root, RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string folder = Path.GetFullPath(Path.Combine(root, configuration.Name));
        MakeFolders(folder);
        var held = Lock(folder);
        string config = Path.Combine(folder, "config.json");
        if (!File.Exists(config)) AtomicFile.Write(config, configuration.ToJson());
        var run = new Run(folder, configuration, held);
        if (!run.Finished) AtomicFile.Write(Path.Combine(folder, "environment.json"), RunEnvironment.Describe());
        return run;
    }

    /// <summary>Opens an existing run's folder for reading.</summary>
    /// <exception cref="InvalidDataException">The folder is not a run's.</exception>
    public static Run Read(string folder) =>
        new(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)), RunConfiguration.Read(Path.Combine(folder, "config.json")), null);

    /// <summary>Opens the run of a configuration for reading, if it is there.</summary>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="configuration">What the run depends on.</param>
    /// <returns>Null where there is none; otherwise the caller owns it.</returns>
    public static Run? Find(string root, RunConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string folder = Path.GetFullPath(Path.Combine(root, configuration.Name));
        return File.Exists(Path.Combine(folder, "config.json")) ? new Run(folder, configuration, null) : null;
    }

    /// <summary>All runs under a folder, oldest first; folders that are not runs are passed over.</summary>
    public static IEnumerable<Run> All(string root)
    {
        if (!Directory.Exists(root)) yield break;
        foreach (string folder in Directory.EnumerateDirectories(root).OrderBy(Directory.GetCreationTimeUtc))
        {
            if (File.Exists(Path.Combine(folder, "config.json"))) yield return Read(folder);
        }
    }

    /// <summary>Removes a run's folder with everything in it.</summary>
    /// <exception cref="InvalidDataException">The folder is not a run's.</exception>
    /// <exception cref="IOException">Another process has the run open.</exception>
    public static void Remove(string folder)
    {
        RunConfiguration.Read(Path.Combine(folder, "config.json"));
        using (Lock(folder))
        {
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Adds one line of measurements.</summary>
    public void Log(long step, IReadOnlyDictionary<string, double> values) => metrics.Append(new MetricsRow(step, values));

    /// <summary>Forgets measurements after a step: those that a resumed run will make again.</summary>
    public void TrimMetricsAfter(long step) => metrics.TrimAfter(step);

    /// <summary>The path of a checkpoint, whether it exists or not.</summary>
    /// <param name="name">Without folder and ending: <c>last</c>, <c>best</c>, <c>step-00001000</c>.</param>
    public string CheckpointPath(string name) => Path.Combine(Folder, "checkpoints", name + ".safetensors");

    /// <summary>True where a checkpoint was saved.</summary>
    public bool HasCheckpoint(string name) => File.Exists(CheckpointPath(name));

    /// <summary>Saves tensors as a checkpoint, whole or not at all.</summary>
    /// <param name="name">As in <see cref="CheckpointPath"/>.</param>
    /// <param name="tensors">By name; borrowed.</param>
    public void SaveCheckpoint(string name, IReadOnlyList<(string Name, Tensor Value)> tensors) =>
        SafeTensors.Write(CheckpointPath(name), tensors, new Dictionary<string, string> { ["run"] = Name, ["hash"] = Configuration.Hash });

    /// <summary>Removes a checkpoint that is not needed any more; nothing happens where there is none.</summary>
    public void DropCheckpoint(string name) => File.Delete(CheckpointPath(name));

    /// <summary>Copies a checkpoint into tensors of the same names and shapes, in place.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a tensor is missing or has another shape: it belongs to another
    /// network.</exception>
    public void LoadCheckpoint(string name, IReadOnlyList<(string Name, Tensor Value)> tensors) =>
        Checkpoint.Load(CheckpointPath(name), tensors);

    /// <summary>A path under <c>artifacts/</c> for pictures, tables and other results.</summary>
    public string ArtifactPath(string name) => Path.Combine(Folder, "artifacts", name);

    /// <summary>Writes <c>result.json</c>: the run is finished.</summary>
    public void Finish<T>(T result) =>
        AtomicFile.Write(Path.Combine(Folder, "result.json"), RunJson.Describe(result).ToJsonString(RunJson.Format));

    /// <summary>Reads <c>result.json</c>.</summary>
    /// <exception cref="InvalidDataException">The run is not finished or its result is damaged.</exception>
    public T Result<T>()
    {
        string path = Path.Combine(Folder, "result.json");
        if (!Finished) throw new InvalidDataException($"{Name} is not finished: it has no result.json. Run its command again to continue it.");
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), RunJson.Format) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} is damaged: {error.Message}", error);
        }
    }

    /// <summary><c>result.json</c> as it is, or null while the run is unfinished.</summary>
    public JsonObject? ResultJson => Finished ? Result<JsonObject>() : null;

    /// <summary>Closes the run's files and gives up its lock.</summary>
    public void Dispose()
    {
        metrics.Dispose();
        writeLock?.Dispose();
    }

    private static void MakeFolders(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "checkpoints"));
            Directory.CreateDirectory(Path.Combine(folder, "artifacts"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"The output folder {Path.GetDirectoryName(folder)} cannot be written: {error.Message} Name another with --runs.", error);
        }
    }

    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new IOException($"{folder} is in use by another process: the same run is under way there.", error);
        }
    }
}
