using static TorchSharp.torch;

namespace Golgi.Tensors.Pickle;

/// <summary>A dictionary, in its order.</summary>
internal sealed class PickleDictionary
{
    public List<(object? Key, object? Value)> Entries { get; } = [];

    public object? Find(string key) => Entries.LastOrDefault(entry => entry.Key is string text && text == key).Value;
}

/// <summary>A tuple.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>The name of a Python class or function. It stays a name: nothing is ever imported or called.</summary>
internal sealed record PickleName(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>A block of numbers that the pickle only refers to.</summary>
internal sealed record PickleStorage(string Key, ScalarType Type, long Count, long Offset, string Root);

/// <summary>A tensor: a view of a storage.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);
