namespace Golgi.Training;

/// <summary>How a network does on a set of examples.</summary>
/// <param name="Count">Examples.</param>
/// <param name="Correct">How many had their label as the largest output.</param>
/// <param name="Loss">Mean cross-entropy, in nats.</param>
/// <param name="Top5">How many had their label among the five largest outputs; equals <paramref name="Count"/> with five classes or fewer.</param>
public sealed record Evaluation(long Count, long Correct, double Loss, long Top5)
{
    /// <summary>Correct / Count, in [0, 1].</summary>
    public double Accuracy => (double)Correct / Count;

    /// <summary>Top5 / Count, in [0, 1].</summary>
    public double Top5Accuracy => (double)Top5 / Count;
}
