using System.Globalization;
using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>Σ weight · objective. Sums of sums are flattened; operands are never changed.</summary>
internal sealed class WeightedSum : Objective
{
    private readonly (double Weight, Objective Part)[] parts;

    public WeightedSum(IReadOnlyList<(double Weight, Objective Part)> parts) =>
        this.parts = [.. parts.SelectMany(entry => entry.Part is WeightedSum sum
            ? sum.parts.Select(inner => (entry.Weight * inner.Weight, inner.Part))
            : [entry])];

    public override IReadOnlyList<string> Layers => [.. parts.SelectMany(entry => entry.Part.Layers).Distinct()];

    public override Tensor Score(ForwardPass pass)
    {
        var sum = parts[0].Weight * parts[0].Part.Score(pass);
        foreach (var (weight, part) in parts[1..]) sum += weight * part.Score(pass);
        return sum;
    }

    public override string ToString() => string.Join(" + ", parts.Select(entry => entry.Weight == 1
        ? entry.Part.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"{entry.Weight} * {entry.Part}")));
}
