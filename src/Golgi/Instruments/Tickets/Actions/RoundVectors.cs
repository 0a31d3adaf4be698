using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>A round of training, each [D]. Borrowed.</summary>
/// <param name="Start">What it began with.</param>
/// <param name="Final">What it came to.</param>
/// <param name="Frozen">Values of the weights that were pruned already; 0 elsewhere.</param>
public sealed record RoundVectors(Tensor Start, Tensor Final, Tensor Frozen);
