using Golgi.Foundation;

namespace Golgi.Numerics.Clustering;

/// <summary>How <see cref="Tsne"/> draws its map. Defaults as scikit-learn 1.2 has them.</summary>
public sealed record TsneOptions
{
    /// <summary>The effective number of neighbors of each point. Default 30; at most a third of the points less one are of use.</summary>
    public double Perplexity { get => field; init => field = Check.Positive(value, nameof(Perplexity)); } = 30;

    /// <summary>Gradient steps in all. Default 1,000.</summary>
    public int Iterations { get => field; init => field = Check.Positive(value, nameof(Iterations)); } = 1000;

    /// <summary>The first steps, in which attraction is exaggerated. Default 250.</summary>
    public int EarlyIterations { get => field; init => field = (int)Check.InRange(value, 0, int.MaxValue, nameof(EarlyIterations)); } = 250;

    /// <summary>Factor on attraction in the first steps. Default 12.</summary>
    public double Exaggeration { get => field; init => field = Check.Positive(value, nameof(Exaggeration)); } = 12;

    /// <summary>Step size; null: max(points / exaggeration / 4, 50) (Belkina et al. 2019).</summary>
    public double? LearningRate { get => field; init => field = value is { } rate ? Check.Positive(rate, nameof(LearningRate)) : null; }

    /// <summary>Barnes-Hut's θ: cells smaller than θ times their distance count as one point; 0 is exact. Default 0.5.</summary>
    public double Theta { get => field; init => field = Check.InRange(value, 0, 1, nameof(Theta)); } = 0.5;

    /// <summary>Threads; the map does not depend on their number. Default: as many as there are processors.</summary>
    public int Threads { get => field; init => field = Check.Positive(value, nameof(Threads)); } = Environment.ProcessorCount;
}
