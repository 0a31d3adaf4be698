using System.Text.RegularExpressions;

namespace Golgi.Interchange.Onnx;

/// <summary>Readable, unique names for layers: after their weight where it says more (<c>layer1.0.conv1.weight</c>), else after the
/// node, else after its first output.</summary>
internal sealed partial class LayerNames
{
    private const int MostLevels = 32; // a damaged or hostile name may have thousands, each of which would become a module

    private readonly HashSet<string> taken = [];

    public string For(OnnxNode node, string? weight)
    {
        string name = weight is not null && WeightPattern().Match(weight) is { Success: true } match ? match.Groups[1].Value
            : node.Name.Length > 0 ? FromPath(node.Name, node.Operator)
            : node.Outputs.FirstOrDefault(output => output.Length > 0) ?? node.Operator;
        string[] levels = name.Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        name = string.Join(levels.Length > MostLevels ? '_' : '.', levels);
        if (name.Length == 0) name = node.Operator;
        string unique = name;
        for (int i = 2; !taken.Add(unique); i++) unique = $"{name}_{i}";
        return unique;
    }

    // torch writes scopes as /layer1/layer1.0/conv1/Conv: each part repeats what came before it.
    private static string FromPath(string name, string type)
    {
        if (!name.StartsWith('/')) return name;
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string path = "";
        foreach (string part in parts.Length > 1 && parts[^1] == type ? parts[..^1] : parts)
        {
            path = path.Length == 0 || part.StartsWith(path + ".", StringComparison.Ordinal) ? part : $"{path}.{part}";
        }

        return path;
    }

    [GeneratedRegex("""^(.+?)(?:\.weight|_w_0|_w|_weight|/weights?|/kernel|/kernel:0|/ReadVariableOp:0)$""", RegexOptions.CultureInvariant)]
    private static partial Regex WeightPattern();
}
