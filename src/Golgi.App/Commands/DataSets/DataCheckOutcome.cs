using Golgi.Data.Archives;

namespace Golgi.App.Commands.DataSets;

/// <summary>What <c>golgi data check</c> found.</summary>
/// <param name="Ok">Every file is the published one, or a known variant of it.</param>
internal sealed record DataCheckOutcome(string Name, bool Ok, IReadOnlyList<FileCheck> Files);
