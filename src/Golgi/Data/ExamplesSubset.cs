using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Data;

/// <summary>Some of another set's examples, in a given order. Shares the other set, which must outlive it and is not disposed by it.</summary>
public sealed class ExamplesSubset : Examples
{
    private readonly Examples whole;
    private readonly Tensor indices;

    /// <summary>Selects examples; takes ownership of <paramref name="indices"/>.</summary>
    /// <param name="whole">The set that is selected from.</param>
    /// <param name="indices">int64 [n], each in [0, whole.Count).</param>
    public ExamplesSubset(Examples whole, Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(whole);
        this.whole = whole;
        this.indices = Check.Shape(indices, "[N]").DetachFromDisposeScope();
        Targets = whole.Targets.Take(this.indices);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<long> InputShape => whole.InputShape;

    /// <inheritdoc/>
    public override Targets Targets { get; }

    /// <inheritdoc/>
    public override Tensor Read(Tensor indices)
    {
        using var inner = this.indices.index_select(0, indices);
        return whole.Read(inner);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        indices.Dispose();
        Targets.Dispose();
    }
}
