using Golgi.Data;
using Golgi.Models;
using Golgi.Runs;
using Golgi.Weights;
using Golgi.Weights.Projections;
using static TorchSharp.torch;

namespace Golgi.Dimension;

/// <summary>A replicate's network with its first weights, and the ways to train it.</summary>
internal sealed class TrialSetting : IDisposable
{
    private readonly DimensionProblem problem;

    public TrialSetting(DimensionProblem problem, DataSet data, int replicate)
    {
        this.problem = problem;
        Seed = problem.SeedOf(replicate);
        Network = ModelCatalog.Build(problem.Model, data.InputShape, data.ClassNames.Count, problem.Initialization, (long)Seed);
        Weights = new WeightVector(Network, new WeightSelection { Frozen = problem.Frozen });
        if (problem.From is not null) Checkpoint.Load(problem.From, Checkpoint.StateOf(Network));
    }

    public ulong Seed { get; }

    public nn.Module<Tensor, Tensor> Network { get; }

    public WeightVector Weights { get; }

    /// <summary>The learning rates to try.</summary>
    public IReadOnlyList<double> Rates(int dimension) => dimension == 0
        ? [problem.Optimizer.LearningRate]
        : problem.StepSize.Rates(Weights.Count, dimension, problem.Steps, problem.Schedule);

    /// <summary>Direct training, or a subspace of a dimension.</summary>
    public Reparameterization Method(int dimension)
    {
        if (dimension == 0) return new Direct(Weights);
        return problem.Spread switch
        {
            Spread.Layers => new Subspace(Weights, LayeredProjection.Create(problem.Projection, Weights.Segments, dimension, Seed)),
            Spread.Scaled => new ScaledSubspace(Weights, count => ProjectionCatalog.Create(problem.Projection, Weights.Count, count, Seed), dimension),
            _ => new Subspace(Weights, ProjectionCatalog.Create(problem.Projection, Weights.Count, dimension, Seed)),
        };
    }

    public void Dispose()
    {
        Weights.Dispose();
        Network.Dispose();
    }
}
