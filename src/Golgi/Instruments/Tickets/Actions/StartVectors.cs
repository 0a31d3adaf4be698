using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>The weights that a <see cref="MaskOne"/> action may use, each [D]. Borrowed.</summary>
/// <param name="First">The network's very first weights: their signs and deviations count.</param>
/// <param name="Rewind">Where kept weights are rewound to: the first ones, or those of an early step.</param>
/// <param name="Final">What the last training came to.</param>
/// <param name="Fresh">Another draw from the same initialization.</param>
public sealed record StartVectors(Tensor First, Tensor Rewind, Tensor Final, Tensor Fresh);
