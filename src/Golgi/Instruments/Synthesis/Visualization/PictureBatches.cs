using System.Text.Json;
using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Runs;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Makes pictures batch by batch; a job's finished batches lie in its run until all are made, so that the same job goes on after a
/// stop.</summary>
internal static class PictureBatches
{
    private const string Prefix = "batch-", Pictures = "pictures";

    /// <summary>Makes a batch: the first picture's place, how many, and whom to tell.</summary>
    public delegate (Tensor Pictures, IReadOnlyList<PreferredPicture> Found) Maker(int first, int count, IProgress<WorkProgress>? progress);

    /// <summary>Makes all pictures.</summary>
    /// <param name="count">How many.</param>
    /// <param name="size">At the most in a batch.</param>
    /// <param name="context">The job in whose run batches are kept and found again; a single one is not kept. Null: none is.</param>
    /// <param name="device">Where pictures shall lie.</param>
    /// <returns>[count, C, H, W] in the current dispose scope, and what is known of each.</returns>
    /// <exception cref="InvalidDataException">A kept batch is damaged.</exception>
    public static (Tensor Pictures, IReadOnlyList<PreferredPicture> Found) Make(
        int count, int size, JobContext? context, Device device, IProgress<WorkProgress>? progress, Maker make)
    {
        int batches = (count + size - 1) / size;
        var run = batches > 1 && context is { IsKept: true } ? context.Run : null;
        var pictures = new List<Tensor>();
        var found = new List<PreferredPicture>();
        for (int batch = 0; batch < batches; batch++)
        {
            int first = batch * size, part = Math.Min(size, count - first);
            if (run is null || Take(run, batch, device) is not { } made)
            {
                made = make(first, part, progress is null ? null : new Whole(progress, first, part, count, batch, batches));
                if (run is not null) Keep(run, batch, made.Pictures, made.Found);
            }

            pictures.Add(made.Pictures);
            found.AddRange(made.Found);
        }

        return (cat(pictures), found);
    }

    /// <summary>Removes the batches, once the pictures are safe elsewhere.</summary>
    public static void Forget(Run run)
    {
        for (int batch = 0; run.HasCheckpoint(Name(batch)); batch++)
        {
            run.DropCheckpoint(Name(batch));
            File.Delete(FactsPath(run, batch));
        }
    }

    private static (Tensor Pictures, IReadOnlyList<PreferredPicture> Found)? Take(Run run, int batch, Device device)
    {
        if (!run.HasCheckpoint(Name(batch))) return null;
        string facts = FactsPath(run, batch);
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
    private static void Keep(Run run, int batch, Tensor pictures, IReadOnlyList<PreferredPicture> found)
    {
        AtomicFile.Write(FactsPath(run, batch), JsonSerializer.Serialize(found, RunJson.Format));
        run.SaveCheckpoint(Name(batch), [(Pictures, pictures)]); // last: a batch that has its checkpoint has everything
    }

    private static string Name(int batch) => $"{Prefix}{batch:00000}";

    private static string FactsPath(Run run, int batch) => Path.Combine(run.Folder, "checkpoints", Name(batch) + ".json");

    /// <summary>Passes a batch's progress on as that of all pictures.</summary>
    private sealed class Whole(IProgress<WorkProgress> target, int first, int part, int count, int batch, int batches) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => target.Report(value with
        {
            Task = $"pictures {first + 1} to {first + part} of {count}",
            Done = (batch * value.Total) + value.Done,
            Total = batches * value.Total,
        });
    }
}
