using Golgi.Inspection.Statistics;

namespace Golgi.App.Report.Basics;

/// <summary>What the activations of some layers are like.</summary>
/// <param name="Examples">Training examples that were looked at.</param>
/// <param name="Layers">In the network's order.</param>
internal sealed record LayerActivations(long Examples, IReadOnlyList<LayerStatistics> Layers);
