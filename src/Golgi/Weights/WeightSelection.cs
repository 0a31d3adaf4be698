using System.IO.Enumeration;
using TorchSharp;
using TorchSharp.Modules;

namespace Golgi.Weights;

/// <summary>Which of a module's parameters a <see cref="WeightVector"/> takes up.</summary>
public sealed record WeightSelection
{
    /// <summary>Every parameter that requires a gradient.</summary>
    public static WeightSelection All { get; } = new();

    /// <summary>Names to leave out, as patterns with <c>*</c> and <c>?</c>: <c>"conv1.*"</c>, <c>"*.bias"</c>. Default: none.</summary>
    public IReadOnlyList<string> Frozen { get; init; } = [];

    /// <summary>Whether scales and shifts of batch, layer, group and instance normalization take part. Default: true.</summary>
    public bool Normalization { get; init; } = true;

    /// <summary>The parameters that take part, in the module's order, each tied one once.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> Of(torch.nn.Module module)
    {
        HashSet<string> excluded = Normalization ? [] : [.. NormalizationParameters(module)];
        var seen = new HashSet<IntPtr>();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (!seen.Add(parameter.Handle) || !parameter.requires_grad || excluded.Contains(name)) continue;
            if (!Frozen.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)))
            {
                yield return (name, parameter);
            }
        }
    }

    private static IEnumerable<string> NormalizationParameters(torch.nn.Module module) =>
        from layer in module.named_modules()
        where layer.module is BatchNorm1d or BatchNorm2d or BatchNorm3d or LayerNorm or GroupNorm
            or InstanceNorm1d or InstanceNorm2d or InstanceNorm3d
        from parameter in layer.module.named_parameters(recurse: false)
        select $"{layer.name}.{parameter.name}";
}
