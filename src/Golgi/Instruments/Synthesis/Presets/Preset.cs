using Golgi.Ascent.Canvases;
using Golgi.Ascent.Priors;

namespace Golgi.Instruments.Synthesis.Presets;

/// <summary>The settings of a work, under its name.</summary>
/// <remarks>Amounts in pixels are stated for the work's own picture size and scaled to the size asked for.</remarks>
public sealed record Preset
{
    /// <summary>First author and year.</summary>
    public required string Name { get; init; }

    /// <summary>The work and what it does, in a sentence.</summary>
    public required string Description { get; init; }

    /// <summary>What is varied.</summary>
    public CanvasKind Canvas { get; init; } = CanvasCatalog.Find("pixels");

    /// <summary>What plain pixels start from.</summary>
    public PictureStart Start { get; init; } = PictureStart.Mean;

    /// <summary>The schedule. A phase's <see cref="PresetPhase.Scale"/> overrides the class scale.</summary>
    public required IReadOnlyList<PresetPhase> Phases { get; init; }

    /// <summary>Energies, those of images last; operators stand in the phases.</summary>
    public IReadOnlyList<Prior> Energies { get; init; } = [];

    /// <summary>How many times as large as the network's input pictures are where no size is asked for; more than 1 if the network sees
    /// parts of them only. What is said of the picture is then of the whole, shrunk to the input.</summary>
    public double Enlargement { get; init; } = 1;

    /// <summary>True if a window of the network's input size walks over a canvas that grows.</summary>
    public bool Windowed { get; init; }

    /// <summary>The most views of a picture in a step.</summary>
    public int Views => Phases.Max(phase => phase.Phase.Transform.Views);

    /// <summary>Steps of all phases.</summary>
    public int Steps => Phases.Sum(phase => phase.Phase.Steps);

    /// <summary>The same with another number of steps in all, the phases in their proportions.</summary>
    public Preset WithSteps(int steps)
    {
        int total = Steps;
        return this with
        {
            Phases = [.. Phases.Select(phase => phase with
            {
                Phase = phase.Phase with { Steps = Math.Max(1, (int)Math.Round((double)phase.Phase.Steps * steps / total)) },
            })],
        };
    }

    /// <summary>The same for a network of an input size.</summary>
    internal Preset For((long Height, long Width) input) => this with
    {
        Phases = [.. Phases.Select(phase => phase with { Phase = phase.Phase with { Transform = phase.Phase.Transform.For(input) } })],
    };

    /// <summary>True if the preset needs images to take patches from.</summary>
    public bool NeedsImages => Energies.Any(energy => energy.Role == PriorRole.EnergyOfImages);
}
