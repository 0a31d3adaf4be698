using Golgi.Data;
using Golgi.Inspection.Probes;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Inspection.Probes;

public sealed class LinearProbeTests
{
    [Fact]
    public void Leave_one_out_in_closed_form_equals_leaving_out_one_at_a_time()
    {
        using var scope = NewDisposeScope();
        using var rng = new Generator(2);
        var x = randn([30, 6], generator: rng);
        var labels = (x[.., 0] + 0.8 * randn([30], generator: rng) > 0).to(ScalarType.Int64);
        using var fit = new RidgeClassifier(x, labels, 2);
        const double ridge = 0.1;
        var (_, correct) = fit.Choose([ridge]);

        long expected = 0;
        var z = (x.to(ScalarType.Float64) - x.to(ScalarType.Float64).mean([0])) / x.to(ScalarType.Float64).std(0L, unbiased: false);
        for (long i = 0; i < 30; i++)
        {
            var others = arange(30)[arange(30).ne(i)];
            var (a, y) = (z[others], nn.functional.one_hot(labels[others], 2).to(ScalarType.Float64));
            var (am, ym) = (a.mean([0]), y.mean([0]));
            var w = linalg.solve((a - am).t().mm(a - am) + (eye(6, dtype: ScalarType.Float64) * ridge * 30), (a - am).t().mm(y - ym));
            expected += ((z[i] - am).unsqueeze(0).mm(w) + ym).argmax().item<long>() == labels[i].item<long>() ? 1 : 0;
        }

        Assert.Equal(expected, correct);
        Assert.InRange(correct, 16, 30);
    }

    [Fact]
    public void Classes_that_a_layer_lays_apart_are_read_off_it_and_noise_is_not()
    {
        using var scope = NewDisposeScope();
        using var rng = new Generator(3);
        var labels = randint(0, 3, [600], ScalarType.Int64, generator: rng);
        var marked = nn.functional.one_hot(labels, 3).to(ScalarType.Float32) + (0.2 * randn([600, 3], generator: rng));
        var network = nn.Sequential(("fc1", nn.Linear(6, 6)), ("noise", nn.Linear(6, 2)));
        using (no_grad())
        {
            network.get_parameter("fc1.weight")!.copy_(eye(6));
            network.get_parameter("noise.weight")!.zero_(); // sees only what carries no class
            network.get_parameter("noise.weight")![0, 4].fill_(1);
        }

        using var specimen = new Golgi.Networks.Specimen("test", network, [6], Preprocessing.None, []);
        var inputs = cat([marked, randn([600, 3], generator: rng)], 1);
        using var train = new TensorExamples(inputs[..400].clone(), labels[..400].clone());
        using var held = new TensorExamples(inputs[400..].clone(), labels[400..].clone());
        var found = LinearProbe.Measure(specimen, train, held, [LinearProbe.Input, "fc1", "noise"]);
        Assert.True(found[0].Accuracy.Value > 0.98, $"input: {found[0].Accuracy.Value}");
        Assert.Equal(found[0].Accuracy.Successes, found[1].Accuracy.Successes); // the identity changes nothing
        Assert.InRange(found[2].Accuracy.Value, 0.2, 0.47); // chance is 1/3; five standard errors of 200 examples
        Assert.Equal([6, 6, 2], found.Select(probe => probe.Features));
    }

    [Fact]
    public void Large_maps_are_brought_to_the_number_of_features_that_is_asked_for()
    {
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(40, [1, 20, 20], 3);
        var found = LinearProbe.Measure(specimen, examples, examples, ["relu1", "flatten"], new ProbeOptions { MostFeatures = 30 });
        Assert.Equal([24, 30], found.Select(probe => probe.Features)); // 6 channels at 2×2; 64 numbers projected
    }
}
