using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>Makes pictures batch by batch, and takes what an earlier call has kept.</summary>
internal static class PictureBatches
{
    /// <summary>Makes a batch: the first picture's place, how many, and whom to tell.</summary>
    public delegate (Tensor Pictures, IReadOnlyList<PreferredPicture> Found) Maker(int first, int count, IProgress<WorkProgress>? progress);

    /// <summary>Makes all pictures.</summary>
    /// <param name="count">How many.</param>
    /// <param name="size">At the most in a batch.</param>
    /// <param name="kept">Where batches are kept and found again; a single one is not kept. Null: none is.</param>
    /// <param name="device">Where pictures shall lie.</param>
    /// <returns>[count, C, H, W] in the current dispose scope, and what is known of each.</returns>
    public static (Tensor Pictures, IReadOnlyList<PreferredPicture> Found) Make(
        int count, int size, KeptBatches? kept, Device device, IProgress<WorkProgress>? progress, Maker make)
    {
        int batches = (count + size - 1) / size;
        var pictures = new List<Tensor>();
        var found = new List<PreferredPicture>();
        for (int batch = 0; batch < batches; batch++)
        {
            int first = batch * size, part = Math.Min(size, count - first);
            if (kept?.Take(batch, device) is not { } made)
            {
                made = make(first, part, progress is null ? null : new Whole(progress, first, part, count, batch, batches));
                if (batches > 1) kept?.Keep(batch, made.Pictures, made.Found);
            }

            pictures.Add(made.Pictures);
            found.AddRange(made.Found);
        }

        return (cat(pictures), found);
    }

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
