using Golgi.Foundation;

namespace Golgi.Numerics.Clustering;

/// <summary>How <see cref="KMeans"/> searches.</summary>
public sealed record KMeansOptions
{
    /// <summary>Independent starts; the tightest result wins. Default 10, as scikit-learn has it.</summary>
    public int Restarts { get => field; init => field = Check.Positive(value, nameof(Restarts)); } = 10;

    /// <summary>Lloyd's iterations of one start at the most. Default 300.</summary>
    public int Iterations { get => field; init => field = Check.Positive(value, nameof(Iterations)); } = 300;

    /// <summary>Threads that share the restarts; the result does not depend on them. Default 1.</summary>
    public int Threads { get => field; init => field = Check.Positive(value, nameof(Threads)); } = 1;
}
