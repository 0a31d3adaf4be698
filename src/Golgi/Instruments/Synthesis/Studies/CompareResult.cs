namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What <see cref="CompareJob"/> found.</summary>
/// <param name="Judge">The network that was asked.</param>
/// <param name="Size">The pictures' height and width: <c>224x224</c>.</param>
/// <param name="Classes">How many classes, one picture each.</param>
/// <param name="Rows">Photographs, if there are any, then method by method.</param>
/// <param name="Sheet">Pictures side by side, in the run's artifacts.</param>
public sealed record CompareResult(string Judge, string Size, int Classes, IReadOnlyList<ComparedMethod> Rows, string Sheet);
