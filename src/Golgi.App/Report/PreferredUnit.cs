using Golgi.Inspection;

namespace Golgi.App.Report;

/// <summary>What a unit wants to see beside what excites it.</summary>
/// <param name="View">The picture that was made.</param>
/// <param name="Best">The training examples that excite it most.</param>
internal sealed record PreferredUnit(PreferredView View, IReadOnlyList<TopExample> Best);
