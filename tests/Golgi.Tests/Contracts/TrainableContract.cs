using Golgi.Data;
using Golgi.Runs;
using Golgi.Tests.Support;
using Golgi.Training;
using Golgi.Training.Schedules;
using Golgi.Weights;
using Golgi.Weights.Projections;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every trainable must satisfy. A new kind derives from this and says how it is made.</summary>
[Collection(TorchState.Name)]
public abstract class TrainableContract
{
    private const long Steps = 12;

    /// <summary>The ways to train that it has.</summary>
    protected virtual IReadOnlyList<LearningPlan> Plans =>
    [
        new LearningPlan { Steps = Steps, Seed = 3, Schedule = Schedule.Cosine, Optimizer = new() { LearningRate = 0.02 } },
        new LearningPlan { Steps = Steps, Seed = 3, Optimizer = new() { LearningRate = 0.3 }, Evolution = new() { Pairs = 3 } },
    ];

    /// <summary>Makes the trainable, over and over the same; what it borrows lives as long as the test.</summary>
    protected abstract Trainable Create();

    [Fact]
    public void A_seed_names_the_first_weights_to_the_bit()
    {
        var trainable = Create();
        using var first = trainable.Build(5);
        using var again = Create().Build(5);
        using var other = trainable.Build(6);
        Assert.NotSame(first, again);
        Assert.Equal(Checkpoint.DigestOf(first), Checkpoint.DigestOf(again));
        Assert.NotEqual(Checkpoint.DigestOf(first), Checkpoint.DigestOf(other));
        Assert.All(first.parameters(), weight => Assert.Equal(TorchSharp.DeviceType.CPU, weight.device_type));
    }

    [Fact]
    public void It_says_what_it_is_and_always_the_same()
    {
        var trainable = Create();
        Assert.All([trainable.Name, trainable.Source, trainable.Identity], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal(trainable.Identity, Create().Identity);
    }

    [Fact]
    public void Training_goes_from_the_given_weights_and_repeats_to_the_bit()
    {
        foreach (var plan in Plans)
        {
            var (trainable, noted) = (Create(), new List<long>());
            using var first = Course.Begin(trainable, plan with { BeforeStep = noted.Add });
            string start = Checkpoint.DigestOf(first.Network);
            Assert.Equal(0, first.Learner.Step);
            first.Learner.AdvanceTo(Steps);
            using var again = Course.Begin(trainable, plan);
            Assert.Equal(start, Checkpoint.DigestOf(again.Network));
            again.Learner.AdvanceTo(Steps);
            Assert.Equal(Steps, first.Learner.Step);
            Assert.Equal([.. Enumerable.Range(0, (int)Steps).Select(step => (long)step)], noted);
            Assert.NotEqual(start, Checkpoint.DigestOf(first.Network));
            Assert.Equal(Checkpoint.DigestOf(first.Network), Checkpoint.DigestOf(again.Network));
            using var other = Course.Begin(trainable, plan with { Seed = 4 });
            other.Learner.AdvanceTo(Steps);
            Assert.NotEqual(Checkpoint.DigestOf(first.Network), Checkpoint.DigestOf(other.Network));
        }
    }

    [Fact]
    public void A_learner_that_was_stopped_and_loaded_equals_one_that_ran_through()
    {
        foreach (var plan in Plans)
        {
            using var whole = Course.Begin(Create(), plan);
            whole.Learner.AdvanceTo(Steps);

            using var stopped = Course.Begin(Create(), plan);
            stopped.Learner.AdvanceTo(2);
            stopped.Learner.AdvanceTo(5);
            using var resumed = Course.Begin(Create(), plan);
            using (no_grad())
            {
                foreach (var (saved, target) in stopped.Learner.State.Zip(resumed.Learner.State))
                {
                    Assert.Equal(saved.Name, target.Name);
                    target.Value.copy_(saved.Value);
                }
            }

            resumed.Learner.StateLoaded();
            Assert.Equal(5, resumed.Learner.Step);
            Assert.Equal(Checkpoint.DigestOf(stopped.Network), Checkpoint.DigestOf(resumed.Network));
            resumed.Learner.AdvanceTo(Steps);
            Assert.Equal(Checkpoint.DigestOf(whole.Network), Checkpoint.DigestOf(resumed.Network));
        }
    }

    [Fact]
    public void A_learner_that_is_asked_to_stop_takes_no_step()
    {
        using var course = Course.Begin(Create(), Plans[0]);
        course.Learner.AdvanceTo(Steps, new CancellationToken(canceled: true));
        Assert.Equal(0, course.Learner.Step);
    }

    [Fact]
    public void A_score_is_in_range_and_leaves_the_network_as_it_was()
    {
        var trainable = Create();
        using var network = trainable.Build(1);
        network.train();
        string before = Checkpoint.DigestOf(network);
        foreach (var part in Enum.GetValues<DataPart>())
        {
            var score = trainable.Score(network, part);
            Assert.True(score.Count > 0);
            Assert.Equal(trainable.Primary, score.PrimaryMetric);
            Assert.True(double.IsFinite(score.Primary));
            if (trainable.Primary.IsShare) Assert.InRange(score.Primary, 0, 1);
            Assert.Equal(score, trainable.Score(network, part));
        }

        Assert.Equal(before, Checkpoint.DigestOf(network));
        Assert.True(network.training);
        Assert.Throws<OperationCanceledException>(() => trainable.Score(network, DataPart.Validation, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Learners_and_scores_leave_no_tensor_behind()
    {
        var trainable = Create();
        using var course = Course.Begin(trainable, Plans[0]);
        Work(); // what is made once
        LiveTensors.StayFlat(Work);

        void Work()
        {
            foreach (var plan in Plans)
            {
                using var learner = trainable.Learn(course.Network, course.Method, plan);
                learner.AdvanceTo(3);
                trainable.Score(course.Network, DataPart.Validation);
            }
        }
    }

    /// <summary>A network in training, in a subspace.</summary>
    private sealed record Course(nn.Module<Tensor, Tensor> Network, WeightVector Weights, Reparameterization Method, Learner Learner) : IDisposable
    {
        public static Course Begin(Trainable trainable, LearningPlan plan)
        {
            var network = trainable.Build(1);
            var weights = new WeightVector(network);
            var method = new Subspace(weights, new GroupingProjection(weights.Count, 7, 1));
            return new Course(network, weights, method, trainable.Learn(network, method, plan));
        }

        public void Dispose()
        {
            Learner.Dispose();
            Method.Dispose();
            Weights.Dispose();
            Network.Dispose();
        }
    }
}
