using Golgi.Inspection.Probes;

namespace Golgi.App.Report.Basics;

/// <summary>What linear classifiers read off some layers.</summary>
/// <param name="MostFeatures">Numbers of an example that a classifier saw at the most.</param>
/// <param name="Layers">The raw input first, then in the network's order.</param>
internal sealed record ProbedLayers(int MostFeatures, IReadOnlyList<ProbeResult> Layers);
