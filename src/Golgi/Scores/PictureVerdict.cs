namespace Golgi.Scores;

/// <summary>How a network ranks the classes that pictures are of; 1 where it finds no class likelier.</summary>
/// <param name="Ranks">One for each picture, from 1.</param>
public sealed record PictureVerdict(IReadOnlyList<long> Ranks)
{
    /// <summary>The share of pictures whose class comes first, 0 to 1.</summary>
    public double Top1 => Share(1);

    /// <summary>The share of pictures whose class is among the first five, 0 to 1.</summary>
    public double Top5 => Share(5);

    private double Share(long most) => Ranks.Count == 0 ? 0 : Ranks.Average(rank => rank <= most ? 1.0 : 0);
}
