using Golgi.Instruments.Tickets.Actions;
using Golgi.Runs;
using Golgi.Weights.Masks;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>A level after its training, as vectors [D]. Owns them.</summary>
/// <param name="Start">What the training began with.</param>
/// <param name="Final">What it came to.</param>
/// <param name="Pruned">Values of the pruned weights; 0 elsewhere.</param>
/// <param name="Mask">What is kept.</param>
internal sealed record LevelState(Tensor Start, Tensor Final, Tensor Pruned, Mask Mask) : IDisposable
{
    private const string Checkpoint = "level";

    public RoundVectors Round => new(Start, Final, Pruned);

    /// <summary>Keeps the state in a run.</summary>
    public void Save(Run run) => run.SaveCheckpoint(
        Checkpoint, [("start", Start), ("final", Final), ("pruned", Pruned), ("mask", Mask.Kept)]);

    /// <summary>Reads it from a run.</summary>
    /// <param name="layout">Tells the length and the layers.</param>
    public static LevelState Load(Run run, WeightVector layout, MaskScope scope)
    {
        using var tensors = NewDisposeScope();
        using var all = new Mask(layout, scope);
        var start = empty_like(layout.Values);
        var final = empty_like(layout.Values);
        var pruned = empty_like(layout.Values);
        var kept = empty_like(all.Kept);
        run.LoadCheckpoint(Checkpoint, [("start", start), ("final", final), ("pruned", pruned), ("mask", kept)]);
        foreach (var tensor in new[] { start, final, pruned }) tensor.DetachFromDisposeScope();
        return new LevelState(start, final, pruned, all.Where(kept));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Start.Dispose();
        Final.Dispose();
        Pruned.Dispose();
        Mask.Dispose();
    }
}
