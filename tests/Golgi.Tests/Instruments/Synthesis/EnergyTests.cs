using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Imaging;
using Golgi.Numerics.Random;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Synthesis;

public sealed class EnergyTests
{
    public static TheoryData<string> Energies => ["tv2", "tv1.5", "tv-anisotropic", "l2", "alpha6", "patches", "mixture"];

    [Theory]
    [MemberData(nameof(Energies))]
    public void Gradients_agree_with_central_differences(string name)
    {
        using var scope = NewDisposeScope();
        var energy = Make(name);
        var x = Pictures(2, 2, 7, 6).requires_grad_(true);
        var gradient = autograd.grad([energy.Score(SeeingNetworks.Pass(x)).sum()], [x])[0].flatten();
        using var _ = no_grad();
        double[] numeric = new double[x.numel()];
        for (int i = 0; i < numeric.Length; i++)
        {
            const double h = 1e-3; // raw units: 4e-6 of the unit range
            numeric[i] = (At(i, h) - At(i, -h)) / (2 * h);
        }

        Near.Equal(tensor(numeric), gradient, 1e-5);

        double At(int i, double step)
        {
            using var inner = NewDisposeScope();
            var moved = x.detach().clone();
            moved.flatten()[i] += step;
            return energy.Score(SeeingNetworks.Pass(moved)).sum().item<double>();
        }
    }

    [Fact]
    public void The_anisotropic_variation_of_an_upright_edge_is_its_height_times_the_rows()
    {
        using var scope = NewDisposeScope();
        var picture = zeros(1, 1, 5, 8, dtype: ScalarType.Float64);
        picture.narrow(3, 4, 4).fill_(0.6 * 255);
        Assert.Equal(5 * 0.6, new TotalVariation(TotalVariationKind.Anisotropic).Score(SeeingNetworks.Pass(picture)).item<double>(), 10);
        Assert.Equal(5 * 0.36, new TotalVariation().Score(SeeingNetworks.Pass(picture)).item<double>(), 10); // beta 2: squared
    }

    [Fact]
    public void A_step_against_the_blur_energy_is_a_step_towards_the_blur()
    {
        using var scope = NewDisposeScope();
        var x = Pictures(1, 3, 9, 8).requires_grad_(true);
        var gradient = autograd.grad([new BlurEnergy(1.3).Score(SeeingNetworks.Pass(x)).sum()], [x])[0];
        const double k = 0.3;
        var stepped = x - (k * gradient * 255 * 255); // the energy is stated in the unit range
        Near.Equal(((1 - k) * x) + (k * Gaussian.Blur(x, 1.3)), stepped, 1e-10);
    }

    [Fact]
    public void The_patch_energy_is_the_mean_distance_to_the_nearest_patch()
    {
        using var scope = NewDisposeScope();
        var collection = Pictures(5, 1, 3, 3).flatten(1) / 255;
        var picture = Pictures(1, 1, 7, 5);
        double sum = 0;
        int places = 0;
        for (int top = 0; top + 3 <= 7; top += 2)
        {
            for (int left = 0; left + 3 <= 5; left += 2, places++)
            {
                var patch = picture[0].narrow(1, top, 3).narrow(2, left, 3).flatten() / 255;
                sum += Enumerable.Range(0, 5).Min(d => (patch - collection[d].to(ScalarType.Float32)).square().sum().item<double>());
            }
        }

        using var energy = new PatchEnergy(collection, 3, 2);
        Assert.Equal(sum / places, energy.Score(SeeingNetworks.Pass(picture)).item<double>(), 6);
    }

    [Fact]
    public void The_mixture_of_one_component_is_the_Gaussian_of_the_patches()
    {
        using var scope = NewDisposeScope();
        var patches = Pictures(400, 1, 3, 3).flatten(1) / 255;
        using var mixture = PatchMixture.Fit(patches, 3, 1, new Philox(1), iterations: 2, stride: 3);
        var centered = patches - patches.mean([1], keepdim: true);
        var mean = centered.mean([0L]);
        var covariance = ((centered - mean).t().mm(centered - mean) / 400) + (eye(9, dtype: ScalarType.Float64) * 1e-4);
        var probe = Pictures(1, 1, 3, 3);
        var offset = (probe.flatten() / 255) - (probe.flatten() / 255).mean() - mean;
        double distance = offset.unsqueeze(0).mm(linalg.inv(covariance)).mv(offset).item<double>();
        double expected = 0.5 * (distance + linalg.slogdet(covariance).Item2.item<double>() + (9 * Math.Log(2 * Math.PI)));
        Assert.Equal(expected, mixture.Score(SeeingNetworks.Pass(probe)).item<double>(), 6);
    }

    private static Objective Make(string name) => name switch
    {
        "tv2" => new TotalVariation(),
        "tv1.5" => new TotalVariation(TotalVariationKind.Isotropic, 1.5),
        "tv-anisotropic" => new TotalVariation(TotalVariationKind.Anisotropic),
        "l2" => new AlphaNorm(2, 0.3, 0.5),
        "alpha6" => new AlphaNorm(6),
        "patches" => new PatchEnergy(Pictures(6, 2, 4, 4).flatten(1) / 255, 4),
        _ => PatchMixture.Fit(Pictures(300, 2, 4, 4).flatten(1) / 255, 4, 2, new Philox(2), iterations: 3),
    };

    private static Tensor Pictures(long count, long channels, long height, long width)
    {
        float[] values = new float[count * channels * height * width];
        new Philox(11, (ulong)values.Length).FillUniform(values);
        return tensor(values, [count, channels, height, width]).to(ScalarType.Float64) * 255;
    }
}
