using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Ascent.Objectives;
using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Runs;
using static TorchSharp.torch;

namespace Golgi.Instruments.Synthesis.Visualization;

/// <summary>How preferred pictures are made.</summary>
public sealed record VisualizationOptions
{
    /// <summary>A name of <see cref="PresetCatalog.Names"/>. Default olah2017.</summary>
    public string Preset { get; init; } = "olah2017";

    /// <summary>Steps in all; null: the preset's.</summary>
    public int? Steps { get => field; init => field = value is { } steps ? Check.Positive(steps, nameof(Steps)) : null; }

    /// <summary>Height and width of the pictures; null: the network's input.</summary>
    public (long Height, long Width)? Size { get; init; }

    /// <summary>Independent pictures of each unit. Default 1.</summary>
    public int PerUnit { get => field; init => field = Check.Positive(value, nameof(PerUnit)); } = 1;

    /// <summary>Pictures that climb together; they do not influence each other, but memory grows with their number.
    /// Default 8.</summary>
    public int Batch { get => field; init => field = Check.Positive(value, nameof(Batch)); } = 8;

    /// <summary>On which scale classes (and shares of units) are asked for; null: as the preset says, or the
    /// logit.</summary>
    public ClassScale? Scale { get; init; }

    /// <summary>Raw pixels to start from, [C, H, W] or [N, C, H, W] for each unit in turn; null: the preset's start.
    /// Borrowed.</summary>
    public Tensor? Start { get; init; }

    /// <summary>Weight of the diversity of a unit's pictures, measured in <see cref="DiversityLayer"/>. Default
    /// 0.</summary>
    public double Diversity { get => field; init => field = Check.NotNegative(value, nameof(Diversity)); }

    /// <summary>The layer in which diversity is measured; null: the target's.</summary>
    public string? DiversityLayer { get; init; }

    /// <summary>Priors that are added to the preset or replace its own; null: the preset as it is.</summary>
    public PriorOptions? Priors { get; init; }

    /// <summary>The seed. The same seed gives the same pictures; another batch rounds differently, which long ascents enlarge.</summary>
    public long Seed { get; init; }

    /// <summary>What is asked for, as runs are known by; what is left to the preset is left out.</summary>
    internal JsonObject Describe()
    {
        var item = new JsonObject
        {
            ["preset"] = Preset,
            ["per_unit"] = PerUnit,
            ["batch"] = Batch,
            ["seed"] = Seed,
        };
        if (Steps is { } steps) item["steps"] = steps;
        if (Size is { } size) item["size"] = new JsonArray(size.Height, size.Width);
        if (Scale is { } scale) item["scale"] = JsonSerializer.SerializeToNode(scale, RunJson.Format);
        if (Start is not null) item["start"] = Checkpoint.DigestOf([("start", Start)]);
        if (Diversity > 0) item["diversity"] = Diversity;
        if (DiversityLayer is not null) item["diversity_layer"] = DiversityLayer;
        if (Priors?.Describe() is { Count: > 0 } priors) item["priors"] = priors;
        return item;
    }
}
