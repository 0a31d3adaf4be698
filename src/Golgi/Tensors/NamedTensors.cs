using System.Diagnostics.CodeAnalysis;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Tensors;

/// <summary>What a weight file holds: named tensors in the file's order, and the file's metadata. Owns the tensors.</summary>
public sealed class NamedTensors : IDisposable
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, Tensor> tensors = [];

    /// <summary>An empty collection.</summary>
    /// <param name="metadata">Free text by key; null: none.</param>
    public NamedTensors(IReadOnlyDictionary<string, string>? metadata = null) =>
        Metadata = metadata ?? new Dictionary<string, string>();

    /// <summary>Free text that the file carries beside its tensors; empty where it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The names, in the file's order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>The tensors with their names, in the file's order. Owned by this object.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors => names.Select(name => (name, tensors[name]));

    /// <summary>How many tensors there are.</summary>
    public int Count => names.Count;

    /// <summary>A tensor by its name. Owned by this object.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the nearest.</exception>
    public Tensor this[string name] => tensors[Check.Known(name, names, "tensor")];

    /// <summary>Looks a tensor up; it stays owned by this object.</summary>
    /// <returns>False where there is none of that name.</returns>
    public bool TryGet(string name, [NotNullWhen(true)] out Tensor? tensor) => tensors.TryGetValue(name, out tensor);

    /// <summary>Adds a tensor and takes ownership of it.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(string name, Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (!tensors.TryAdd(name, tensor)) throw new ArgumentException($"The name '{name}' is there twice; names must differ.", nameof(name));
        names.Add(name);
        tensor.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in tensors.Values) tensor.Dispose();
        tensors.Clear();
        names.Clear();
    }
}
