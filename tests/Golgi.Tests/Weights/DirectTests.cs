using Golgi.Tests.Contracts;
using Golgi.Weights;

namespace Golgi.Tests.Weights;

public sealed class DirectTests : ReparameterizationContract
{
    protected override Reparameterization Create(WeightVector weights) => new Direct(weights);
}
