using Golgi.Ascent.Transforms;
using Golgi.Numerics.Random;
using Golgi.Tests.Instruments.Synthesis;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every transform must satisfy. A new one gets a line in the list.</summary>
[Collection(TorchState.Name)]
public sealed class TransformContract
{
    private static readonly Dictionary<string, Transform> Kinds = new()
    {
        [nameof(AdditiveNoise)] = new AdditiveNoise(5, 3),
        [nameof(Crop)] = new Crop(7, 8),
        [nameof(GrayBorder)] = new GrayBorder(2),
        [nameof(Jitter)] = new Jitter(3),
        [nameof(RandomCrops)] = new RandomCrops(3, 0.9, 0.4) { Size = (6, 5) },
        [nameof(Rescale)] = new Rescale(0.9, 1.1),
        [nameof(Roll)] = new Roll(2),
        [nameof(Rotate)] = new Rotate(-10, 10),
        [nameof(Soften)] = new Soften(0.5, 1.5),
        [nameof(TransformChain)] = new TransformChain(new Jitter(2), new Rotate(5), new GrayBorder(1), new RandomCrops(2, 0.8, 0.8),
            new AdditiveNoise(2, 1, 2)),
    };

    public static TheoryData<string> All => [.. Kinds.Keys];

    [Fact]
    public void Every_public_transform_of_the_library_is_in_the_list() => Assert.Equal(Families.Of<Transform>(), Kinds.Keys.Order());

    [Theory]
    [MemberData(nameof(All))]
    public void It_gives_its_views_of_each_picture_and_the_same_draws_give_the_same_bits(string kind)
    {
        using var scope = NewDisposeScope();
        var (transform, pictures) = (Kinds[kind], Pictures());
        var before = pictures.clone();
        var views = transform.Apply(pictures, new Philox(7).Reader(), 0.3);
        Assert.Equal(4, views.dim());
        Assert.Equal(3, views.shape[1]);
        Assert.Equal(transform.Views * pictures.shape[0], views.shape[0]);
        Assert.True(views.isfinite().all().item<bool>());
        Near.Exact(views, transform.Apply(pictures, new Philox(7).Reader(), 0.3));
        Near.Exact(before, pictures);
        Assert.NotEmpty(transform.ToString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Gradients_flow_to_every_picture_and_to_no_other_than_the_one_that_is_seen(string kind)
    {
        using var scope = NewDisposeScope();
        var x = Pictures().requires_grad_(true);
        var views = Kinds[kind].Apply(x, new Philox(7).Reader());
        var seen = views.unflatten(0, [-1, x.shape[0]]).select(1, 1);         // all views of the second picture
        var gradient = autograd.grad([seen.square().sum()], [x])[0];
        Assert.True(gradient.isfinite().all().item<bool>());
        Assert.True(gradient[1].abs().max().item<float>() > 0);
        Assert.Equal(0f, gradient[0].abs().max().item<float>());
        Assert.Equal(0f, gradient[2].abs().max().item<float>());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Nothing_grows(string kind)
    {
        using var pictures = Pictures();
        Once();
        LiveTensors.StayFlat(() =>
        {
            for (int i = 0; i < 20; i++) Once();
        });

        void Once()
        {
            using var scope = NewDisposeScope();
            Kinds[kind].Apply(pictures, new Philox(7).Reader());
        }
    }

    private static Tensor Pictures() => (OperatorTests.Noise(3, 3, 10, 9) / 3) + 127.5;
}
