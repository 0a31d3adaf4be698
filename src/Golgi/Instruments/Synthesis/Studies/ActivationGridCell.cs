namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>A cell of an activation grid that holds enough activations.</summary>
/// <param name="Row">From the top.</param>
/// <param name="Column">From the left.</param>
/// <param name="Count">Activations in it.</param>
/// <param name="Label">The commonest label of their images.</param>
/// <param name="Purity">That label's share.</param>
public sealed record ActivationGridCell(int Row, int Column, int Count, long Label, double Purity);
