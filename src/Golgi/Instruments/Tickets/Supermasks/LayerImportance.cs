namespace Golgi.Instruments.Tickets.Supermasks;

/// <summary>How much a network loses when one layer alone is thinned.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Total">Its weights.</param>
/// <param name="Accuracy">Accuracy with its largest tenth left and all other layers whole, in [0, 1].</param>
public sealed record LayerImportance(string Name, long Total, double Accuracy);
