using Golgi.Inspection;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>One class and one part of the picture.</summary>
/// <param name="Class">The class.</param>
/// <param name="Region">The part, in pixels.</param>
/// <param name="Flips">Share of other classes' pictures that are taken for the class once this part of one of its
/// pictures is pasted in.</param>
/// <param name="Control">The same share with the part taken from another class's picture.</param>
/// <param name="Suspicious">Whether the excess is above the threshold.</param>
/// <param name="Units">Where a layer was named and the part is suspicious: the units that react most, with their
/// change in standard deviations.</param>
public sealed record ShortcutFinding(
    long Class, Region Region, double Flips, double Control, bool Suspicious, IReadOnlyList<KeyValuePair<int, double>> Units)
{
    /// <summary>Flips beyond what any pasted part does.</summary>
    public double Excess => Flips - Control;
}
