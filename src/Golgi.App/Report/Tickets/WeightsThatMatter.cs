using Golgi.Instruments.Tickets.Supermasks;

namespace Golgi.App.Report.Tickets;

/// <summary>Which weights of the network matter.</summary>
/// <param name="Examples">Test examples that accuracy was measured on.</param>
/// <param name="Importance">What was measured.</param>
internal sealed record WeightsThatMatter(long Examples, WeightImportance Importance);
