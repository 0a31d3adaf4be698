using Golgi.Weights.Masks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Search;

/// <summary>What one level trains. Borrowed.</summary>
/// <param name="Variant">As in <see cref="TicketLevel.Variant"/>.</param>
/// <param name="Level">Rounds of pruning before it.</param>
/// <param name="Seed">Of the network and the order of examples.</param>
/// <param name="Parent">The name of the run that the mask was cut from; null for the dense network.</param>
/// <param name="Start">What the kept weights begin with, [D].</param>
/// <param name="Pruned">Values of the pruned weights, [D].</param>
/// <param name="Mask">What is kept.</param>
internal sealed record LevelPlan(string Variant, int Level, long Seed, string? Parent, Tensor Start, Tensor Pruned, Mask Mask);
