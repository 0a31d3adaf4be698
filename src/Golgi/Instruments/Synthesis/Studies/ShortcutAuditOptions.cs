using Golgi.Foundation;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>How <see cref="ShortcutAudit"/> searches.</summary>
public sealed record ShortcutAuditOptions
{
    /// <summary>Cells along a side of the picture. Default 4.</summary>
    public int Cells { get => field; init => field = (int)Check.InRange(value, 2, 32, nameof(Cells)); } = 4;

    /// <summary>Pictures that cells are pasted into, for each class and cell. Default 64.</summary>
    public int Images { get => field; init => field = Check.Positive(value, nameof(Images)); } = 64;

    /// <summary>The excess of flips above which a cell is called a shortcut. Default 0.3.</summary>
    public double Threshold { get => field; init => field = Check.Fraction(value, nameof(Threshold)); } = 0.3;

    /// <summary>A layer whose units are looked at in flagged cells; null: none.</summary>
    public string? Layer { get; init; }

    /// <summary>Units listed for each flagged cell. Default 5.</summary>
    public int Units { get => field; init => field = Check.Positive(value, nameof(Units)); } = 5;

    /// <summary>The seed of the choice of pictures.</summary>
    public long Seed { get; init; }
}
