namespace Golgi.Ascent.Priors;

/// <summary>How the differences of a pixel to its right and lower neighbor are joined.</summary>
public enum TotalVariationKind
{
    /// <summary>√(dx² + dy²): edges cost the same in every direction.</summary>
    Isotropic,

    /// <summary>|dx| + |dy|: horizontal and vertical edges are cheaper.</summary>
    Anisotropic,
}
