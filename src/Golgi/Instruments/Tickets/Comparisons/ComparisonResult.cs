using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Comparisons;

/// <summary>One of the paper's findings, looked at again.</summary>
/// <param name="Question">Which.</param>
/// <param name="Network">On which network.</param>
/// <param name="Data">On which data.</param>
/// <param name="Dense">Test accuracy of the whole network.</param>
/// <param name="Rows">Every setting at every level.</param>
public sealed record ComparisonResult(
    string Question, string Network, string Data, Interval Dense, IReadOnlyList<ComparisonRow> Rows);
