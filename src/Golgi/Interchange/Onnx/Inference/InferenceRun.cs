using Golgi.Native;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>The values of one run, each as a tensor, as a map, or as both.</summary>
internal sealed class InferenceRun(Tensor?[] tensors, HashSet<int> borrowed, WorkTeam team, int threads, BufferPool pool) : IDisposable
{
    private readonly FeatureMap?[] maps = new FeatureMap?[tensors.Length];

    public WorkTeam Team => team;

    public int Threads => threads;

    public BufferPool Pool => pool;

    /// <summary>The tensors of all values that have one; <see cref="Tensor"/> makes those that are maps only.</summary>
    public Tensor?[] Tensors => tensors;

    /// <summary>A value as a tensor, borrowed; null where there is none.</summary>
    public Tensor? Tensor(int slot) => tensors[slot] ??= maps[slot] is { } map ? MapOperations.ToTensor(map, team).DetachFromDisposeScope() : null;

    /// <summary>A value as a map, borrowed; null where it is not a batch of images of 32-bit numbers in the processor's memory.</summary>
    public FeatureMap? Map(int slot)
    {
        if (maps[slot] is null && tensors[slot] is { } tensor && tensor.dim() == 4 && tensor.numel() is > 0 and < 1 << 28
            && PackedWeights.Fits(tensor))
        {
            maps[slot] = MapOperations.FromTensor(tensor, team, pool);
        }

        return maps[slot];
    }

    /// <summary>The map of a slot that several steps write parts of, made by the first.</summary>
    public FeatureMap? Shared(int slot, int batch, int height, int width, int channels)
    {
        maps[slot] ??= pool.Rent(batch, height, width, channels);
        return (maps[slot]!.Batch, maps[slot]!.Height, maps[slot]!.Width) == (batch, height, width) ? maps[slot] : null;
    }

    public void Set(int slot, FeatureMap map) => maps[slot] = map;

    public void Release(int slot)
    {
        if (!borrowed.Contains(slot)) tensors[slot]?.Dispose();
        tensors[slot] = null;
        var map = maps[slot];
        maps[slot] = null;
        if (map is not null && !maps.Any(other => ReferenceEquals(other, map))) pool.Return(map); // two values may be one map
    }

    /// <summary>Takes a result out: a handle of its own.</summary>
    public Tensor? Take(int slot)
    {
        var result = Tensor(slot);
        return result?.alias();
    }

    public void Dispose()
    {
        for (int slot = 0; slot < maps.Length; slot++) Release(slot);
    }
}
