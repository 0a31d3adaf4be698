using System.CommandLine;
using System.Diagnostics;
using Golgi.App.Commands.Options;
using Golgi.Ascent.Objectives;
using Golgi.Imaging;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Visualization;

namespace Golgi.App.Commands.See;

/// <summary><c>golgi see</c>: makes the pictures that units want to see.</summary>
internal sealed class SeeCommand : Verb
{
    private readonly NetworkChoice network = new();
    private readonly TargetChoice targets = new();
    private readonly PriorFlags priors = new();

    public SeeCommand()
        : base(
            "see",
            "Makes the pictures that a network's units or classes want to see, and writes them with a contact "
            + "sheet.")
    {
        network.AddTo(this);
        targets.AddTo(this);
        Option[] options = [Preset, Steps, Size, PerUnit, Batch, Scale, Diversity, DiversityLayer, Contrast];
        foreach (var option in options) Options.Add(option);
        priors.AddTo(this);
        DiversityLayer.OnlyWith(Diversity);
        Command[] verbs =
        [
            new SeeTopCommand(), new SeeFacetsCommand(), new SeeInvertCommand(), new SeeGridCommand(), new SeeAuditCommand(),
            new SeeCompareCommand(), new SeeJudgeCommand(),
        ];
        foreach (var verb in verbs) Subcommands.Add(verb);
    }

    public Option<string> Preset { get; } = new("--preset")
    {
        Description = $"Settings of a published work: {string.Join(", ", PresetCatalog.Names)}.",
        DefaultValueFactory = _ => "olah2017",
    };

    public Option<int?> Steps { get; } = new("--steps") { Description = "Steps in all. Default: the preset's." };

    public Option<string?> Size { get; } = new("--size")
    {
        Description = "Side of the pictures, or HEIGHTxWIDTH. Default: the network's input; of fel2023-maco 16/7 times that.",
    };

    public Option<int> PerUnit { get; } = new("--per-unit")
    {
        Description = "Independent pictures of each unit.",
        DefaultValueFactory = _ => 1,
    };

    public Option<int> Batch { get; } = new("--batch")
    {
        Description = "Pictures that climb together.",
        DefaultValueFactory = _ => 8,
    };

    public Option<string?> Scale { get; } = new Option<string?>("--scale")
    {
        Description = "On which scale: logit, log-probability or probability; for a unit its share among its layer's.",
    }.AcceptOnlyFromAmong("logit", "log-probability", "probability");

    public Option<double> Diversity { get; } = new("--diversity")
    {
        Description = "Weight of the diversity of a unit's pictures; see --per-unit.",
    };

    public Option<string?> DiversityLayer { get; } = new("--diversity-layer")
    {
        Description = "Layer in which diversity is measured. Default: the one shown.",
    };

    public Option<Contrast> Contrast { get; } = ContrastChoice.Option();

    public override bool Continues => true;

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        var size = PictureSize.Parse(session.Value(Size));
        using var start = priors.StartFile(session) is { } file ? Picture.Load(file) : null;
        var target = targets.Read(session, specimen);
        var options = new VisualizationOptions
        {
            Preset = session.Value(Preset),
            Steps = session.Value(Steps),
            Size = size,
            PerUnit = session.Value(PerUnit),
            Batch = session.Value(Batch),
            Scale = session.Value(Scale) switch
            {
                "logit" => ClassScale.Logit,
                "log-probability" => ClassScale.LogProbability,
                "probability" => ClassScale.Probability,
                _ => null,
            },
            Diversity = session.Value(Diversity),
            DiversityLayer = session.Value(DiversityLayer),
            Start = start,
            Priors = priors.Read(session, size ?? (specimen.InputShape[^2], specimen.InputShape[^1])),
            Seed = session.Seed,
        };

        var clock = Stopwatch.StartNew();
        using var kept = new KeptBatches(session.PicturesFolder, PictureIdentity.Of(session, specimen, null, Contrast));
        using var made = session.Track(
            progress => FeatureVisualization.Run(specimen, target, options, kept, progress, session.Cancellation));
        var result = SeenPictures.Save(made, target, options, clock.Elapsed.TotalSeconds, new(session.PicturesFolder, session.Value(Contrast)));
        kept.Remove();
        session.Print(result, SeenPictures.Draw);
        if (session.Value(Contrast) == Golgi.App.Commands.See.Contrast.Plain && result.Images.Any(image => image.Deviation < SeenPicture.Pale))
        {
            session.Say("Some pictures are pale and look like gray; --contrast stretched draws what is in them.");
        }

        return ExitCode.Done;
    }
}
