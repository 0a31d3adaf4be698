using static TorchSharp.torch;

namespace Golgi.Tensors.Pickle;

/// <summary>The only names that a state dict's pickle may use, and what they mean here.</summary>
internal static class PickleNames
{
    private static readonly Dictionary<string, ScalarType> Storages = new()
    {
        ["FloatStorage"] = ScalarType.Float32,
        ["DoubleStorage"] = ScalarType.Float64,
        ["HalfStorage"] = ScalarType.Float16,
        ["BFloat16Storage"] = ScalarType.BFloat16,
        ["LongStorage"] = ScalarType.Int64,
        ["IntStorage"] = ScalarType.Int32,
        ["ShortStorage"] = ScalarType.Int16,
        ["CharStorage"] = ScalarType.Int8,
        ["ByteStorage"] = ScalarType.Byte,
        ["BoolStorage"] = ScalarType.Bool,
    };

    private static readonly HashSet<string> Functions =
    [
        "collections.OrderedDict", "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
        "torch._utils._rebuild_parameter", "torch.Size", "torch.nn.parameter.Parameter",
    ];

    /// <summary>The name, if it is one of those.</summary>
    public static PickleName Checked(PickleName name, PickleReader reader) =>
        Functions.Contains(name.ToString()) || (name.Module is "torch" or "torch.storage" && Storages.ContainsKey(name.Name))
            ? name
            : throw reader.Bad($"the pickle names {name}, which is not part of a state dict; nothing of it was run");

    /// <summary>A storage by its persistent id: ('storage', type, key, place, count[, view]).</summary>
    public static PickleStorage Storage(object? id, PickleReader reader)
    {
        if (id is not PickleTuple { Items: ["storage", PickleName name, string key, _, long count, ..] items }
            || !Storages.TryGetValue(name.Name, out var type) || count < 0)
        {
            throw reader.Bad("a storage is not described as torch describes storages");
        }

        return items is [_, _, _, _, _, PickleTuple { Items: [string view, long offset, long size] }]
            ? new PickleStorage(view, type, size, offset, key)
            : new PickleStorage(key, type, count, 0, key);
    }

    /// <summary>What a call of one of the names gives.</summary>
    public static object? Meaning(object? function, object? arguments, PickleReader reader)
    {
        if (function is not PickleName name || arguments is not PickleTuple tuple) throw reader.Bad("the pickle calls something that is not a name");
        switch (name.ToString(), tuple.Items)
        {
            case ("collections.OrderedDict", var items):
                return Dictionary(items, reader);
            case ("torch._utils._rebuild_tensor_v2" or "torch._utils._rebuild_tensor",
                [PickleStorage storage, long offset, PickleTuple shape, PickleTuple strides, ..]):
                return new PickleTensor(storage, offset, Numbers(shape, reader), Numbers(strides, reader));
            case ("torch._utils._rebuild_parameter" or "torch.nn.parameter.Parameter", [PickleTensor tensor, ..]):
                return tensor;
            case ("torch.Size", [PickleTuple sizes]):
                return sizes;
            default:
                throw reader.Bad($"{name} is called with arguments that it does not take");
        }
    }

    private static PickleDictionary Dictionary(object?[] items, PickleReader reader)
    {
        var dictionary = new PickleDictionary();
        if (items.Length == 0) return dictionary;
        foreach (object? pair in items[0] as List<object?> ?? [])
        {
            object?[] entry = (pair as PickleTuple)?.Items ?? (pair as List<object?>)?.ToArray() ?? [];
            if (entry.Length != 2) throw reader.Bad("an ordered dictionary is made of something other than pairs");
            dictionary.Entries.Add((entry[0], entry[1]));
        }

        return dictionary;
    }

    private static long[] Numbers(PickleTuple tuple, PickleReader reader) =>
        [.. tuple.Items.Select(item => item as long? ?? throw reader.Bad("a shape holds something that is not a number"))];
}
