namespace Golgi.Ascent.Drifts;

/// <summary>How the terms of <see cref="Langevin"/> are scaled before their factors apply.</summary>
public enum TermScale
{
    /// <summary>As they are: the equation to the letter.</summary>
    Raw,

    /// <summary>The prior and the condition each divided by their mean magnitude, so that factors are ratios.</summary>
    Unit,
}
