using Golgi.Ascent.Transforms;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Numerics.Random;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Ascent.Transforms;

public sealed class TransformTests
{
    [Fact]
    public void The_identity_changes_nothing_also_where_pictures_are_not_square()
    {
        using var scope = NewDisposeScope();
        var x = OperatorTests.Noise(2, 3, 7, 11);
        Near.Equal(x, Placement.Sample(x, Affine.Identity), 1e-5);
    }

    [Fact]
    public void A_shift_shows_the_picture_moved_and_gray_beyond_it()
    {
        using var scope = NewDisposeScope();
        var x = OperatorTests.Noise(1, 1, 6, 9);
        var seen = Placement.Sample(x, Affine.Shift(1, -2));                 // view (y, x) shows picture (y + 1, x − 2)
        Near.Equal(x.narrow(2, 1, 5).narrow(3, 0, 7), seen.narrow(2, 0, 5).narrow(3, 2, 7), 1e-4);
        Near.Equal(full([1, 1, 6, 2], 127.5), seen.narrow(3, 0, 2), 1e-6);
    }

    [Fact]
    public void Four_quarter_turns_are_the_picture_and_one_is_rot90()
    {
        using var scope = NewDisposeScope();
        var x = OperatorTests.Noise(1, 2, 8, 8);
        var turned = Placement.Sample(x, Affine.Turn(Math.PI / 2));
        Assert.True(Close(turned, x.rot90(1, (2, 3))) || Close(turned, x.rot90(-1, (2, 3))));
        var four = Enumerable.Repeat(Affine.Turn(Math.PI / 2), 4).Aggregate(Affine.Identity, (all, one) => all.Then(one));
        Near.Equal(x, Placement.Sample(x, four), 1e-4);
    }

    [Fact]
    public void A_chain_of_placements_is_each_after_the_other()
    {
        using var scope = NewDisposeScope();
        var x = full([1, 1, 33, 33], 127.5);
        x[0, 0, 16, 20] = 255f;
        var first = Affine.Shift(0, 4);
        var second = Affine.Turn(Math.PI / 2);
        var joined = Placement.Sample(x, first.Then(second));
        var apart = Placement.Sample(Placement.Sample(x, first), second);
        Near.Equal(apart, joined, 1e-4);
    }

    [Fact]
    public void Scaling_by_two_doubles_distances_from_the_center()
    {
        using var scope = NewDisposeScope();
        var x = full([1, 1, 33, 33], 127.5);
        x[0, 0, 16, 20] = 255f;
        var seen = new Rescale(2.0).Apply(x, new Philox(1).Reader());
        Assert.Equal((16L * 33) + 24, seen.flatten().argmax().item<long>());
    }

    [Fact]
    public void Random_views_keep_the_size_repeat_with_the_seed_and_carry_gradients()
    {
        using var scope = NewDisposeScope();
        var x = OperatorTests.Noise(2, 3, 20, 16).requires_grad_(true);
        var views = PresetCatalog.RobustViews(16);
        var one = views.Apply(x, new Philox(4).Reader());
        Assert.Equal(x.shape, one.shape);
        Near.Exact(one, views.Apply(x, new Philox(4).Reader()));
        Assert.False(one.allclose(views.Apply(x, new Philox(5).Reader())));
        Assert.True(autograd.grad([one.sum()], [x])[0].abs().sum().item<float>() > 0);
    }

    [Fact]
    public void Each_view_has_its_own_noise_and_it_does_not_depend_on_the_batch()
    {
        using var scope = NewDisposeScope();
        const double Deviation = 10, Range = 5;
        Tensor Noisy(int count) =>
            new AdditiveNoise(Deviation, Range, views: 4).Apply(zeros(4 * count, 3, 20, 20), new Philox(4).Reader()).view(4, count, 3, 20, 20);
        var two = Noisy(2);
        Near.Exact(two.select(1, 0), two.select(1, 1));
        Near.Exact(Noisy(1).select(1, 0), two.select(1, 0));
        var views = two.select(1, 0).flatten(1);                             // [4, 1200]
        var correlations = views.corrcoef() - eye(4);
        Assert.InRange(correlations.abs().max().item<float>(), 0, 0.15);     // five standard errors of 1,200 pairs
        double variance = (Deviation * Deviation) + (Range * Range / 3);
        Assert.InRange(views.var().item<float>(), variance * 0.9, variance * 1.1);
    }

    [Fact]
    public void Crop_takes_the_center_and_undoes_padding()
    {
        using var scope = NewDisposeScope();
        var x = OperatorTests.Noise(1, 3, 5, 7);
        var random = new Philox(1).Reader();
        var padded = new GrayBorder(3).Apply(x, random);
        Assert.Equal([1, 3, 11, 13], padded.shape);
        Near.Exact(x, new Crop(5, 7).Apply(padded, random));
    }

    [Fact]
    public void Crops_multiply_the_batch_and_a_whole_crop_is_the_picture()
    {
        using var scope = NewDisposeScope();
        var x = OperatorTests.Noise(2, 3, 8, 8);
        Assert.Equal([10, 3, 8, 8], new RandomCrops(5, 0.5, 0.3).Apply(x, new Philox(1).Reader()).shape);
        Near.Equal(x, Placement.Sample(x, Affine.Shift(0, 0).Then(Affine.Scale(1))), 1e-5);
    }

    [Fact]
    public void A_crop_shows_its_part_of_the_picture_in_the_network_s_size_and_gray_beyond()
    {
        using var scope = NewDisposeScope();
        var ramp = arange(64, ScalarType.Float32).view(1, 1, 1, 64).expand(1, 1, 64, 64).contiguous(); // a pixel's value is its column
        for (uint seed = 0; seed < 20; seed++)
        {
            var crop = ((RandomCrops)new RandomCrops(1, 0.5, 0.5).For((16, 16))).Apply(ramp, new Philox(seed).Reader());
            Assert.Equal([1, 1, 16, 16], crop.shape);
            var random = new Philox(seed).Reader();
            double side = Math.Clamp(0.5 + (0.05 * random.NextNormal()), 0.05, 1);
            random.NextNormal();
            double center = 31.5 + (0.15 * random.NextNormal() * 64);
            for (int column = 0; column < 16; column++)
            {
                double shown = center + ((column - 7.5) * side * 64 / 16); // the column of the picture that this one of the crop shows
                if (shown is > 0 and < 63) Assert.Equal(shown, crop[0, 0, 8, column].item<float>(), 0.01);
                if (shown is < -1 or > 64) Assert.Equal(127.5, crop[0, 0, 8, column].item<float>(), 0.01);
            }

            var inside = new RandomCrops(1, 0.5, 0.5) { Inside = true }.Apply(ramp + 200, new Philox(seed).Reader());
            Assert.True(inside.min().item<float>() > 163.7); // half a pixel of the border is mixed with gray
        }
    }

    [Fact]
    public void A_roll_loses_no_pixel()
    {
        using var scope = NewDisposeScope();
        var x = OperatorTests.Noise(1, 1, 6, 6);
        var rolled = new Roll(3).Apply(x, new Philox(2).Reader());
        Near.Exact(x.flatten().sort().Values, rolled.flatten().sort().Values);
    }

    private static bool Close(Tensor a, Tensor b) => (a - b).abs().max().item<float>() < 1e-3;
}
