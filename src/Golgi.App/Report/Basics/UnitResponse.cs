using Golgi.Inspection;

namespace Golgi.App.Report.Basics;

/// <summary>What one unit responds to.</summary>
/// <param name="Unit">Its number.</param>
/// <param name="Class">The most frequent class of its top examples.</param>
/// <param name="Agreeing">Top examples of that class.</param>
/// <param name="Best">The examples that excite it most, the most exciting first.</param>
internal sealed record UnitResponse(int Unit, string Class, int Agreeing, IReadOnlyList<TopExample> Best);
