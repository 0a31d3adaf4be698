using Golgi.Tests.Contracts;
using Golgi.Weights;
using Golgi.Weights.Masks;

namespace Golgi.Tests.Weights;

public sealed class SignedTopKTests : ReparameterizationContract
{
    protected override bool HasExactGradient => false;

    protected override Reparameterization Create(WeightVector weights) => new TopK(weights, new TopKOptions { Keep = 0.3, Signed = true });
}
