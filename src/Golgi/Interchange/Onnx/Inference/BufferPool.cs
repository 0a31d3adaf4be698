using Golgi.Native;

namespace Golgi.Interchange.Onnx.Inference;

/// <summary>Memory that one run after another uses again: fresh pages from the system cost more than small layers take.</summary>
internal sealed class BufferPool : IDisposable
{
    private readonly List<NativeBuffer<float>> free = [];
    private readonly HashSet<NativeBuffer<float>> used = [];

    /// <summary>A map with undefined contents.</summary>
    public FeatureMap Rent(int batch, int height, int width, int channels)
    {
        long count = (long)batch * height * width * channels;
        var best = free.Where(buffer => buffer.Count >= count).MinBy(buffer => buffer.Count);
        if (best is not null) free.Remove(best);
        best ??= new NativeBuffer<float>(count);
        used.Add(best);
        return new FeatureMap(best, batch, height, width, channels);
    }

    public void Return(FeatureMap map) => free.Add(map.Buffer);

    /// <summary>Frees what the last run did not need, after a large batch for example.</summary>
    public void Trim()
    {
        foreach (var idle in free.Where(buffer => !used.Contains(buffer)).ToArray())
        {
            free.Remove(idle);
            idle.Dispose();
        }

        used.Clear();
    }

    public void Dispose()
    {
        foreach (var buffer in free) buffer.Dispose();
        free.Clear();
    }
}
