namespace Golgi.Ascent.Objectives;

/// <summary>Where in a layer's map a unit is read.</summary>
public enum UnitPosition
{
    /// <summary>The mean over all positions: the channel.</summary>
    Everywhere,

    /// <summary>The one neuron at (rows / 2, columns / 2), rounded down.</summary>
    Center,

    /// <summary>The greatest over all positions.</summary>
    Strongest,
}
