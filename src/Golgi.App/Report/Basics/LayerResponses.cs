namespace Golgi.App.Report.Basics;

/// <summary>What the units of one layer respond to.</summary>
/// <param name="Layer">Its dotted name.</param>
/// <param name="Live">Units that are above 0 for some example.</param>
/// <param name="Pure">Those among them whose top examples are all of one class.</param>
/// <param name="Shown">Those with the highest peaks, in the order of their numbers.</param>
internal sealed record LayerResponses(string Layer, int Live, int Pure, IReadOnlyList<UnitResponse> Shown);
