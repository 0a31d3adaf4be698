using Golgi.Data;
using Golgi.Runs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Golgi.Training.Optimizers;
using Golgi.Training.Tasks;
using Golgi.Training;
using Golgi.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Training;

[Collection(TorchState.Name)]
public sealed class TrainerTests
{
    [Fact]
    public void A_run_stopped_at_any_step_continues_to_the_same_bits()
    {
        using var scratch = new Scratch();
        byte[] whole = Train(scratch["whole"], stops: []);
        byte[] pieces = Train(scratch["pieces"], stops: [1, 7, 8, 23]);
        Assert.Equal(whole, pieces);
        Assert.Equal(Metrics(scratch["whole"]), Metrics(scratch["pieces"]));
    }

    [Fact]
    public void What_was_logged_before_a_kill_and_not_saved_is_logged_once()
    {
        using var scratch = new Scratch();
        byte[] whole = Train(scratch["whole"], stops: []);
        using (var bench = new Bench(scratch["killed"])) bench.Run.Log(8, new Dictionary<string, double> { ["train_loss"] = 1 });
        Assert.Equal(whole, Train(scratch["killed"], stops: []));
        Assert.Equal(Metrics(scratch["whole"]), Metrics(scratch["killed"]));
    }

    [Fact]
    public void A_loss_that_is_not_finite_ends_training_with_an_outcome()
    {
        using var scratch = new Scratch();
        using var bench = new Bench(scratch.Folder, learningRate: 1e30);
        var report = bench.Trainer.Fit(new TrainerOptions { Steps = 30, EvaluateEvery = 10 });
        Assert.Equal(TrainingOutcome.Diverged, report.Outcome);
        Assert.Equal(10, report.Steps);
    }

    [Fact]
    public void Training_lowers_the_loss_and_keeps_the_best_weights()
    {
        using var scratch = new Scratch();
        using var bench = new Bench(scratch.Folder);
        var report = bench.Trainer.Fit(new TrainerOptions { Steps = 60, EvaluateEvery = 10, Snapshots = 3 });
        double[] losses = [.. bench.Run.Metrics.Select(row => row.Values["train_loss"])];
        Assert.Equal([10L, 20, 30, 40, 50, 60], bench.Run.Metrics.Select(row => row.Step));
        Assert.True(losses[^1] < 0.7 * losses[0], $"from {losses[0]} to {losses[^1]}");
        Assert.Equal(bench.Run.Metrics.Min(row => row.Values["validation_loss"]), report.BestValidation.Loss);
        Assert.All(
            ["best", "final", "last", "step-00000000", "step-00000030", "step-00000060"], name => Assert.True(bench.Run.HasCheckpoint(name), name));
    }

    [Fact]
    public void The_best_evaluation_is_that_of_the_checkpoint_best_and_not_of_the_end()
    {
        using var scratch = new Scratch();
        using var bench = new Bench(scratch.Folder, learningRate: 0.3, held: 24);
        var report = bench.Trainer.Fit(new TrainerOptions { Steps = 120, EvaluateEvery = 4 });
        var best = bench.Run.Metrics.MinBy(row => row.Values["validation_loss"])!;
        Assert.True(report.BestStep < report.Steps, "the bench must overfit");
        Assert.Equal(best.Step, report.BestStep);
        Assert.Equal(best.Values["validation_accuracy"], report.BestValidation["accuracy"]);
        Assert.Equal(bench.Run.Metrics[^1].Values["validation_accuracy"], report.Validation["accuracy"]);
        Assert.NotEqual(report.Validation, report.BestValidation);
        bench.Run.LoadCheckpoint("best", Checkpoint.StateOf(bench.Network));
        Assert.Equal(
            report.BestValidation, Evaluator.Evaluate(new Classification(), bench.Network, bench.Held, Preprocessing.None));
    }

    [Fact]
    public void Live_tensors_stay_flat_over_200_steps()
    {
        using var scratch = new Scratch();
        using var bench = new Bench(scratch.Folder);
        bench.Loop.AdvanceTo(5);
        LiveTensors.StayFlat(() => bench.Loop.AdvanceTo(205));
    }

    private static byte[] Train(string folder, long[] stops)
    {
        foreach (long stop in stops)
        {
            using var bench = new Bench(folder);
            using var cancellation = new CancellationTokenSource();
            bench.Before = step =>
            {
                if (step == stop) cancellation.Cancel();
            };
            Assert.Throws<OperationCanceledException>(() => bench.Trainer.Fit(Options, null, cancellation.Token));
        }

        using var last = new Bench(folder);
        last.Trainer.Fit(Options);
        return last.Weights.Values.bytes.ToArray();
    }

    private static TrainerOptions Options { get; } = new() { Steps = 40, EvaluateEvery = 8 };

    private static string Metrics(string folder) =>
        File.ReadAllText(Directory.EnumerateFiles(folder, "metrics.jsonl", SearchOption.AllDirectories).Single());

    /// <summary>A small network with dropout and batch normalization on noise, in a run's folder.</summary>
    private sealed class Bench : IDisposable
    {
        private readonly TensorExamples examples;
        private readonly nn.Module<Tensor, Tensor> network;
        private readonly TensorExamples held;
        private readonly Direct direct;
        private readonly Optimizer optimizer;
        private readonly Batches batches;

        public Bench(string folder, double learningRate = 0.05, int held = 96)
        {
            using var generator = new Generator(3);
            using var inputs = randn([96, 6], generator: generator);
            examples = new TensorExamples(inputs.alias(), inputs.narrow(1, 0, 3).argmax(1)); // the largest of the first three
            using var noise = randn([held, 6], generator: generator);
            this.held = held == 96
                ? new TensorExamples(inputs.alias(), inputs.narrow(1, 0, 3).argmax(1))
                : new TensorExamples(noise.alias(), (inputs[..held] + noise).narrow(1, 0, 3).argmax(1)); // in part beyond knowing
            network = Golgi.Numerics.Random.Seeds.Build(1, () => nn.Sequential(
                nn.Linear(6, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Dropout(0.2), nn.Linear(16, 3)));
            Weights = new WeightVector(network);
            direct = new Direct(Weights);
            optimizer = new Adam(Weights.Values, Weights.Gradient, new AdamOptions { LearningRate = learningRate });
            batches = new Batches(examples, Preprocessing.None, 16, seed: 2);
            Loop = new TrainingLoop(network, direct, optimizer, new Classification(), batches)
            {
                TotalSteps = 40,
                Schedule = Golgi.Training.Schedules.Schedule.Cosine,
                BeforeStep = step => Before?.Invoke(step),
            };
            Run = Run.Open(folder, new RunConfiguration("test", "bench", []));
            Trainer = new Trainer(Loop, network, new Classification(), this.held, Preprocessing.None, Run);
        }

        public Action<long>? Before { get; set; }

        public WeightVector Weights { get; }

        public TrainingLoop Loop { get; }

        public Run Run { get; }

        public nn.Module<Tensor, Tensor> Network => network;

        public TensorExamples Held => held;

        public Trainer Trainer { get; }

        public void Dispose()
        {
            Trainer.Dispose();
            Run.Dispose();
            Loop.Dispose();
            batches.Dispose();
            optimizer.Dispose();
            direct.Dispose();
            Weights.Dispose();
            network.Dispose();
            held.Dispose();
            examples.Dispose();
        }
    }
}
