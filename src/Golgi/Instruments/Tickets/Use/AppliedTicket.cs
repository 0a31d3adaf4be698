using Golgi.Instruments.Tickets.Files;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>A ticket's network, made again from its file and measured.</summary>
/// <param name="Accuracy">On the test set, in [0, 1].</param>
/// <param name="Loss">Mean cross-entropy.</param>
/// <param name="Count">Examples.</param>
/// <param name="Remaining">Fraction of weights that the mask keeps.</param>
/// <param name="FileBytes">Size of the file.</param>
/// <param name="Layers">What each layer keeps.</param>
/// <param name="Lineage">Where it comes from.</param>
public sealed record AppliedTicket(
    double Accuracy, double Loss, long Count, double Remaining, long FileBytes, IReadOnlyList<LayerMask> Layers, TicketLineage Lineage);
