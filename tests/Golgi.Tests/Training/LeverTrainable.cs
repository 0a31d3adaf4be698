using Golgi.Data;
using Golgi.Networks;
using Golgi.Numerics.Random;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Weights;
using static TorchSharp.torch;

namespace Golgi.Tests.Training;

/// <summary>Nothing about labels: the environment shows eight numbers and pays when the lever that is pulled is the one above which the
/// largest of four of them lies; the learner sees no gradient, only how often it was paid.</summary>
internal sealed class LeverTrainable : Trainable
{
    private const int Rounds = 200;

    public override string Name => "policy";

    public override string Source => "levers";

    public override string Identity => "policy 8-16-4 on levers, 200 rounds";

    public override Metric Primary { get; } = new("return", Direction.MoreIsBetter) { IsShare = true };

    public override nn.Module<Tensor, Tensor> Build(long seed) =>
        Seeds.Build(seed, () => nn.Sequential(("fc1", nn.Linear(8, 16)), ("act", nn.Tanh()), ("fc2", nn.Linear(16, 4))));

    public override Learner Learn(nn.Module<Tensor, Tensor> network, Reparameterization weights, LearningPlan plan) =>
        EvolutionLearner.Of(
            weights, generation => -Paid(network, plan.Seed + 100 + (ulong)generation), plan.Evolution ?? new EvolutionOptions { Pairs = 8 }, plan);

    public override Evaluation Score(nn.Module<Tensor, Tensor> network, DataPart part, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        double paid = Paid(network, (ulong)part);
        return new Evaluation(Rounds, Primary, [new(Primary.Name, paid), new(Metric.Loss.Name, -paid)]);
    }

    private static double Paid(nn.Module<Tensor, Tensor> network, ulong stream)
    {
        using var scope = NewDisposeScope();
        using var mode = new EvaluationMode(network);
        float[] numbers = new float[Rounds * 8];
        new Philox(7, stream).FillNormal(numbers);
        var seen = tensor(numbers, [Rounds, 8]);
        return network.call(seen).argmax(1).eq(seen.narrow(1, 0, 4).argmax(1)).to(ScalarType.Float64).mean().item<double>();
    }
}
