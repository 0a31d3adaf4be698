using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>What a criterion sees of one layer's weights that are still kept. Borrowed.</summary>
/// <param name="Initial">w_i: the weights that the training began with, [n].</param>
/// <param name="Final">w_f: what they became, [n]; the initial ones where the criterion needs no training.</param>
/// <param name="Saliency">The importance that a method before training gives, [n]; null where none was asked for.</param>
/// <param name="Random">For criteria that draw.</param>
public sealed record WeightPair(Tensor Initial, Tensor Final, Tensor? Saliency, PhiloxReader Random);
