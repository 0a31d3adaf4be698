using System.Text.Json;
using Golgi.Foundation;
using Golgi.Runs;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Finished batches of pictures, kept in a run's folder until all are made, so that the same call goes on after a stop.</summary>
/// <remarks>The folder is made when the first batch is kept and removed by <see cref="Remove"/>, once the pictures are safe elsewhere.</remarks>
/// <param name="root">The folder in which that folder lies.</param>
/// <param name="configuration">Everything that the pictures depend on; batches of another configuration lie elsewhere.</param>
public sealed class KeptBatches(string root, RunConfiguration configuration) : IDisposable
{
    private const string Pictures = "pictures";
    private Run? run;

    /// <summary>Removes what is kept.</summary>
    public void Remove()
    {
        if (run is null) return;
        Dispose();
        Run.Remove(run.Folder);
        run = null;
    }

    /// <summary>Closes the folder; what is kept stays.</summary>
    public void Dispose() => run?.Dispose();

    /// <summary>Takes a batch that was kept.</summary>
    /// <param name="device">Where its pictures shall lie.</param>
    /// <returns>Null if it was not kept. The caller owns the pictures.</returns>
    /// <exception cref="InvalidDataException">The files are damaged.</exception>
    internal (Tensor Pictures, IReadOnlyList<PreferredPicture> Found)? Take(int batch, Device device)
    {
        if (run is null && !Directory.Exists(Path.Combine(root, configuration.Name))) return null;
        run ??= Run.Open(root, configuration);
        if (!run.HasCheckpoint(Name(batch))) return null;
        string facts = FactsPath(batch);
        try
        {
            var found = JsonSerializer.Deserialize<PreferredPicture[]>(File.ReadAllText(facts), RunJson.Format) ?? throw new JsonException("null");
            using var file = SafeTensors.Read(run.CheckpointPath(Name(batch)));
            return (file[Pictures].to(device, copy: true), found);
        }
        catch (Exception error) when (error is JsonException or FileNotFoundException)
        {
            throw new InvalidDataException($"{facts} is damaged: {error.Message} Remove {run.Folder} to begin anew.", error);
        }
    }

    /// <summary>Keeps a batch, whole or not at all.</summary>
    /// <param name="pictures">Borrowed.</param>
    internal void Keep(int batch, Tensor pictures, IReadOnlyList<PreferredPicture> found)
    {
        run ??= Run.Open(root, configuration);
        AtomicFile.Write(FactsPath(batch), JsonSerializer.Serialize(found, RunJson.Format));
        run.SaveCheckpoint(Name(batch), [(Pictures, pictures)]); // last: a batch that has its checkpoint has everything
    }

    private static string Name(int batch) => $"batch-{batch:00000}";

    private string FactsPath(int batch) => run!.ArtifactPath(Name(batch) + ".json");
}
