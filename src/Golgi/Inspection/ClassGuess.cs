namespace Golgi.Inspection;

/// <summary>A class with its probability.</summary>
/// <param name="Class">The class's number.</param>
/// <param name="Name">Its name; "class 7" where names are not known.</param>
/// <param name="Probability">What the network gives it, in [0, 1].</param>
public sealed record ClassGuess(long Class, string Name, double Probability);
