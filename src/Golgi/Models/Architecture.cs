namespace Golgi.Models;

/// <summary>One entry of the <see cref="ModelCatalog"/>.</summary>
/// <param name="Name">What a user writes: <c>lenet5</c>; for a family the pattern: <c>fc-A-B-...-Z</c>.</param>
/// <param name="Description">Its layers in words, and where it comes from.</param>
/// <param name="Initialization">The initialization of its source, used where the user names none.</param>
public sealed record Architecture(string Name, string Description, string Initialization);
