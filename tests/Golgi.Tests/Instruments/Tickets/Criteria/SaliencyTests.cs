using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Tests.Support;
using Golgi.Training;
using Golgi.Weights;
using Golgi.Weights.Masks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Tickets.Criteria;

/// <summary>Saliencies against finite differences of the loss.</summary>
[Collection(TorchState.Name)]
public sealed class SaliencyTests
{
    private const double Temperature = 200;
    private readonly DataSet data = Small();

    [Fact]
    public void Grasp_is_high_where_a_weight_s_removal_would_lower_the_gradient_s_norm()
    {
        using var scope = NewDisposeScope();
        using var bench = new Bench(data);
        var scores = bench.Saliency("grasp").to(ScalarType.Float64);
        // w ⊙ Hg is half the derivative of |g|² along each weight, times the weight.
        var expected = zeros_like(bench.Start, ScalarType.Float64);
        const double Step = 1e-5;
        for (long i = 0; i < bench.Start.shape[0]; i++)
        {
            double weight = bench.Start[i].item<float>();
            double slope = (bench.SquaredGradient(i, Step) - bench.SquaredGradient(i, -Step)) / (2 * Step);
            expected[i] = weight * slope / 2;
        }

        double agreement = (scores * expected).sum().item<double>() / (scores.norm() * expected.norm()).item<double>();
        Assert.True(agreement > 0.999, $"their cosine is {agreement}");
        Assert.Equal(expected.norm().item<double>(), scores.norm().item<double>(), 0.01 * scores.norm().item<double>());
    }

    [Fact]
    public void Snip_is_the_gradient_s_size_times_the_weight_s()
    {
        using var scope = NewDisposeScope();
        using var bench = new Bench(data);
        Near.Equal((bench.Saliency("grad") * bench.Start.abs()).to(ScalarType.Float64), bench.Saliency("snip").to(ScalarType.Float64), 1e-5);
    }

    [Fact]
    public void A_name_that_is_no_saliency_is_refused()
    {
        using var scope = NewDisposeScope();
        using var bench = new Bench(data);
        Assert.Throws<ArgumentException>(() => bench.Saliency("fisher"));
    }

    private static DataSet Small()
    {
        using var generator = new Generator(3);
        TensorExamples Part(long count)
        {
            using var inputs = randn([count, 4], generator: generator);
            return new TensorExamples(inputs.alias(), inputs.narrow(1, 0, 3).argmax(1));
        }

        return new DataSet("points", Part(64), Part(8), Part(8), ["a", "b", "c"], Preprocessing.None, "points");
    }

    private sealed class Bench : IDisposable
    {
        private readonly DataSet data;
        private readonly Blueprint blueprint;
        private readonly nn.Module<Tensor, Tensor> twin;
        private readonly WeightVector weights;
        private readonly Mask mask;

        public Bench(DataSet data)
        {
            this.data = data;
            blueprint = Blueprint.Of("tiny", data, () => nn.Sequential(nn.Linear(4, 3), nn.Tanh(), nn.Linear(3, 3)));
            using var network = blueprint.Build(1);
            using var own = new WeightVector(network);
            Start = own.Values.detach().clone();
            twin = blueprint.Build(1).to(ScalarType.Float64);
            weights = new WeightVector(twin);
            mask = new Mask(weights);
        }

        public Tensor Start { get; }

        public Tensor Saliency(string name) =>
            Golgi.Instruments.Tickets.Criteria.Saliency.Of(name, blueprint, 1, Start, mask, new PruningRates());

        /// <summary>|g|² of the loss at GraSP's temperature, with one weight moved, in float64.</summary>
        public double SquaredGradient(long index, double by)
        {
            using var scope = NewDisposeScope();
            using var batches = new Batches(data.Train, data.Preprocessing, (int)data.Train.Count, 1);
            var (inputs, labels) = batches.Read(0);
            using (no_grad())
            {
                weights.Values.copy_(Start);
                weights.Values[index].add_(by);
            }

            weights.ZeroGradient();
            nn.functional.cross_entropy(twin.call(inputs.to(ScalarType.Float64)) / Temperature, labels).backward();
            return weights.Gradient.square().sum().item<double>();
        }

        public void Dispose()
        {
            mask.Dispose();
            weights.Dispose();
            twin.Dispose();
            Start.Dispose();
        }
    }
}
