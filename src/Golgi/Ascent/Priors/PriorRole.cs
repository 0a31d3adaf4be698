namespace Golgi.Ascent.Priors;

/// <summary>What a prior does to an ascent.</summary>
public enum PriorRole
{
    /// <summary>An energy that is subtracted from the objective.</summary>
    Energy,

    /// <summary>An energy that is made of natural images, which the specimen's data must have.</summary>
    EnergyOfImages,

    /// <summary>A change of the pixels after each step.</summary>
    Operator,
}
