namespace Golgi.App.Report.Basics;

/// <summary>What units of some layers respond to.</summary>
/// <param name="Examples">Training examples that were searched.</param>
/// <param name="Searched">The layers whose units were asked, in the network's order.</param>
/// <param name="Layers">What was found in them; layers of which no unit is ever above 0 are left out.</param>
internal sealed record UnitResponses(long Examples, IReadOnlyList<string> Searched, IReadOnlyList<LayerResponses> Layers);
