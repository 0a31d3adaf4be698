using Golgi.Data;
using static TorchSharp.torch;

namespace Golgi.Ascent.Priors;

/// <summary>What priors may be made of: natural images and patches of them.</summary>
/// <param name="Images">Raw images. Borrowed.</param>
/// <param name="Patches">[patches, C · side · side], unit range. Borrowed.</param>
/// <param name="Side">A patch's side in pixels.</param>
/// <param name="Seed">The seed of whatever is drawn.</param>
public sealed record NaturalPatches(Examples Images, Tensor Patches, int Side, ulong Seed);
