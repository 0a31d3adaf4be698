using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;
using Golgi.Networks;

namespace Golgi.App.Commands.See;

/// <summary>The options that say how pictures are made; verbs take those that they have a use for.</summary>
internal sealed class PictureOptions
{
    private readonly OptionSet<VisualizationOptions> set;

    /// <summary>Declares them.</summary>
    /// <param name="usual">The record whose values help shows as defaults; null: that of feature visualization.</param>
    public PictureOptions(VisualizationOptions? usual = null)
    {
        set = new(usual ?? new VisualizationOptions());
        Preset = set.Add("--preset", $"Settings of a published work: {string.Join(", ", PresetCatalog.Names)}.",
            o => o.Preset, (o, value) => o with { Preset = value });
        Steps = set.Add("--steps", "Steps in all. Default: the preset's own.", o => o.Steps, (o, value) => o with { Steps = value });
        Size = set.Add("--size", "Side of the pictures, or HEIGHTxWIDTH. Default: the network's input; of fel2023-maco 16/7 times that.",
            _ => (string?)null, (o, value) => o with { Size = PictureSize.Parse(value) });
        PerUnit = set.Add("--per-unit", "Independent pictures of each unit.", o => o.PerUnit, (o, value) => o with { PerUnit = value });
        Batch = set.Add("--batch", "Pictures that climb together.", o => o.Batch, (o, value) => o with { Batch = value });
        Scale = set.Add("--scale", "On which scale a class is asked for; for a unit its share among its layer's. Default: the preset's own.",
            o => o.Scale, (o, value) => o with { Scale = value });
        Diversity = set.Add("--diversity", "Weight of the diversity of a unit's pictures; see --per-unit.",
            o => o.Diversity, (o, value) => o with { Diversity = value });
        DiversityLayer = set.Add("--diversity-layer", "Layer in which diversity is measured. Default: the one shown.",
            o => o.DiversityLayer, (o, value) => o with { DiversityLayer = value });
        DiversityLayer.OnlyWith(Diversity);
    }

    public Option Preset { get; }

    public Option Steps { get; }

    public Option Size { get; }

    public Option PerUnit { get; }

    public Option Batch { get; }

    public Option Scale { get; }

    public Option Diversity { get; }

    public Option DiversityLayer { get; }

    /// <summary>Adds all.</summary>
    public void AddTo(Command command) => set.AddTo(command);

    public VisualizationOptions Read(Session session) => set.Read(session) with { Seed = session.Seed };

    /// <summary>The pictures' size: what was asked for, or the network's input.</summary>
    public static (long Height, long Width) SizeFor(VisualizationOptions options, Specimen specimen) =>
        options.Size ?? (specimen.InputShape is [.., var height, var width] ? (height, width) : (1, 1));

    /// <summary>Where people find a file of a job's artifacts: in the copy that they asked for, or in its run.</summary>
    public static string Place<T>(Session session, Completed<T> done, string file)
        where T : class => Path.GetRelativePath(".", Path.Combine(session.OutFolder ?? done.Artifacts, file));
}
