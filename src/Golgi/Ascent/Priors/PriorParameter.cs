namespace Golgi.Ascent.Priors;

/// <summary>A number that a prior takes beside its weight or amount.</summary>
/// <param name="Name">As the command has it.</param>
/// <param name="Description">What it is.</param>
/// <param name="Default">Where none is named.</param>
public sealed record PriorParameter(string Name, string Description, double Default)
{
    /// <summary>Where one of several words is meant: the words, of which the number is the place, from 0; otherwise empty.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];
}
