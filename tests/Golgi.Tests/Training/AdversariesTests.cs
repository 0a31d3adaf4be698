using Golgi.Data;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Golgi.Training;
using Golgi.Training.Optimizers;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training;

/// <summary>A generator and a discriminator on points of the plane, trained as two turns of one loop.</summary>
[Collection(TorchState.Name)]
public sealed class AdversariesTests
{
    private const int Steps = 400, Batch = 64;

    [Fact]
    public void A_training_of_two_turns_that_was_stopped_continues_to_the_same_bits()
    {
        using var whole = new Pair();
        whole.Loop.AdvanceTo(30);
        using var first = new Pair();
        first.Loop.AdvanceTo(11);
        using var second = new Pair();
        using (no_grad())
        {
            foreach (var (to, from) in second.Loop.State.Zip(first.Loop.State))
            {
                Assert.Equal(from.Name, to.Name);
                to.Value.copy_(from.Value);
            }
        }

        second.Loop.StateLoaded();
        Assert.Equal(11, second.Loop.Step);
        second.Loop.AdvanceTo(30);
        foreach (var (expected, actual) in whole.Loop.State.Zip(second.Loop.State)) Near.Exact(expected.Value, actual.Value);
    }

    [Fact]
    public void The_generator_finds_where_the_points_are()
    {
        using var pair = new Pair();
        double before = pair.Distance();
        pair.Loop.AdvanceTo(Steps);
        double after = pair.Distance();
        Assert.True(after < 0.4 * before, $"from {before} to {after}");
        Assert.Equal(2, pair.Loop.TakeMeanLosses().Count(double.IsFinite));
    }

    [Fact]
    public void A_turn_that_repeats_takes_as_many_steps_and_each_with_noise_of_its_own()
    {
        using var pair = new Pair(times: 3);
        pair.Loop.AdvanceTo(4);
        Assert.Equal((12, 4), (pair.Steps.Discriminator, pair.Steps.Generator));
        Assert.Equal(3, pair.Noise.Take(3).Distinct().Count());
    }

    [Fact]
    public void A_turn_leaves_the_other_network_as_it_is()
    {
        using var pair = new Pair(generatorRate: 0);
        using var before = pair.GeneratorWeights.Values.detach().clone();
        using var own = pair.DiscriminatorWeights.Values.detach().clone();
        pair.Loop.AdvanceTo(5);
        Near.Exact(before, pair.GeneratorWeights.Values);
        Assert.NotEqual(own.bytes.ToArray(), pair.DiscriminatorWeights.Values.bytes.ToArray());
    }

    [Fact]
    public void Turns_of_one_name_and_none_at_all_are_refused()
    {
        using var pair = new Pair();
        Assert.Throws<ArgumentException>(() => new TrainingLoop([], [], pair.Batches));
        Assert.Throws<ArgumentException>(() => new TrainingLoop([], [pair.Turns[0], pair.Turns[0]], pair.Batches));
    }

    [Fact]
    public void Live_tensors_stay_flat()
    {
        using var pair = new Pair();
        pair.Loop.AdvanceTo(5);
        LiveTensors.StayFlat(() => pair.Loop.AdvanceTo(55));
    }

    private sealed class Pair : IDisposable
    {
        private readonly nn.Module<Tensor, Tensor> generator, discriminator;
        private readonly Direct generatorMethod, discriminatorMethod;
        private readonly Adam generatorAdam, discriminatorAdam;
        private readonly TensorExamples points;

        public Pair(int times = 1, double generatorRate = 5e-3)
        {
            generator = Seeds.Build(1, () => nn.Sequential(nn.Linear(2, 16), nn.BatchNorm1d(16), nn.Tanh(), nn.Linear(16, 2)));
            discriminator = Seeds.Build(2, () => nn.Sequential(nn.Linear(2, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1)));
            GeneratorWeights = new WeightVector(generator);
            DiscriminatorWeights = new WeightVector(discriminator);
            generatorMethod = new Direct(GeneratorWeights);
            discriminatorMethod = new Direct(DiscriminatorWeights);
            generatorAdam = new Adam(
                generatorMethod.Coordinates, generatorMethod.Gradient, new AdamOptions { LearningRate = generatorRate, Beta1 = 0.5 });
            discriminatorAdam = new Adam(
                discriminatorMethod.Coordinates, discriminatorMethod.Gradient, new AdamOptions { LearningRate = 5e-3, Beta1 = 0.5 });
            using var random = new Generator(3);
            points = new TensorExamples(randn([512, 2], generator: random).mul_(0.2).add_(2), zeros(512, ScalarType.Int64));
            Batches = new Batches(points, Preprocessing.None, Batch, seed: 4);
            Turns =
            [
                new Turn("discriminator", discriminatorMethod, discriminatorAdam, Discriminate) { Times = times },
                new Turn("generator", generatorMethod, generatorAdam, Generate),
            ];
            Loop = new TrainingLoop([generator, discriminator], Turns, Batches);
        }

        public WeightVector GeneratorWeights { get; }

        public WeightVector DiscriminatorWeights { get; }

        public Batches Batches { get; }

        public IReadOnlyList<Turn> Turns { get; }

        public TrainingLoop Loop { get; }

        public List<float> Noise { get; } = [];

        public (long Discriminator, long Generator) Steps => (discriminatorAdam.Steps, generatorAdam.Steps);

        /// <summary>Between the mean of what is generated and that of the points.</summary>
        public double Distance()
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            using var random = new Generator(5);
            return (generator.call(randn([256, 2], generator: random)).mean([0]) - 2).norm().item<float>();
        }

        public void Dispose()
        {
            Loop.Dispose();
            Batches.Dispose();
            foreach (var part in (IDisposable[])
                [
                    generatorAdam, discriminatorAdam, generatorMethod, discriminatorMethod, GeneratorWeights, DiscriminatorWeights, generator,
                    discriminator, points,
                ])
            {
                part.Dispose();
            }
        }

        private Tensor Discriminate(TrainingBatch batch)
        {
            var noise = batch.Normal(0, Batch, 2);
            Noise.Add(noise[0, 0].item<float>());
            var made = generator.call(noise).detach();
            return nn.functional.softplus(-discriminator.call(batch.Inputs)).mean() + nn.functional.softplus(discriminator.call(made)).mean();
        }

        private Tensor Generate(TrainingBatch batch) =>
            nn.functional.softplus(-discriminator.call(generator.call(batch.Normal(1, Batch, 2)))).mean();
    }
}
