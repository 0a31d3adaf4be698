namespace Golgi.Instruments.Similarity.Studies;

/// <summary>What accompanies the values of a grid.</summary>
public enum Companions
{
    /// <summary>Of each pair the null by formula, a shuffled null, an interval and a held-out value.</summary>
    All,

    /// <summary>The null by formula alone; each layer is then whitened once.</summary>
    Formula,
}
