using CsCheck;
using Golgi.Data;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data;

public sealed class AugmentationTests
{
    private static readonly Augmentation All = new() { FlipProbability = 0.5, Crop = 3, Shift = 2 };

    [Fact]
    public void One_seed_and_step_always_give_the_same_images_and_others_give_others()
    {
        using var scope = NewDisposeScope();
        var batch = Batch(20, 3, 8, 9);
        Assert.Equal(Bytes(All.Apply(batch, 4, 7)), Bytes(All.Apply(batch, 4, 7)));
        Assert.NotEqual(Bytes(All.Apply(batch, 4, 7)), Bytes(All.Apply(batch, 4, 8)));
        Assert.NotEqual(Bytes(All.Apply(batch, 4, 7)), Bytes(All.Apply(batch, 5, 7)));
    }

    [Fact]
    public void What_happens_to_an_image_does_not_depend_on_its_neighbors()
    {
        using var scope = NewDisposeScope();
        var batch = Batch(20, 3, 8, 9);
        Assert.Equal(Bytes(All.Apply(batch, 4, 7)[..5]), Bytes(All.Apply(batch[..5], 4, 7)));
    }

    [Fact]
    public void A_certain_flip_mirrors_left_to_right_and_half_of_them_are_flipped_by_default()
    {
        using var scope = NewDisposeScope();
        var batch = Batch(2000, 1, 2, 3);
        Assert.Equal(Bytes(batch.flip(3)), Bytes(new Augmentation { FlipProbability = 1 }.Apply(batch, 1, 1)));
        var half = Augmentation.Parse("flip").Apply(batch, 1, 1);
        long flipped = half.eq(batch.flip(3)).flatten(1).all(1).sum().item<long>();
        Assert.InRange(flipped, 1000 - 112, 1000 + 112); // five standard errors
        Assert.Equal(2000, flipped + half.eq(batch).flatten(1).all(1).sum().item<long>());
    }

    [Fact]
    public void Every_crop_is_a_window_of_the_padded_image_and_every_window_occurs()
    {
        using var scope = NewDisposeScope();
        var image = Batch(1, 2, 5, 6);
        var padded = nn.functional.pad(image.to(ScalarType.Float32), [2, 2, 2, 2]).to(ScalarType.Byte);
        var windows = new HashSet<string>();
        for (int y = 0; y < 5; y++)
        {
            for (int x = 0; x < 5; x++) windows.Add(Key(padded[0, .., y..(y + 5), x..(x + 6)]));
        }

        var crops = new Augmentation { Crop = 2 }.Apply(image.expand(600, -1, -1, -1), 1, 1);
        var seen = Enumerable.Range(0, 600).Select(i => Key(crops[i])).ToHashSet();
        Assert.Equal(25, windows.Count);
        Assert.Equal(windows, seen);
    }

    [Fact]
    public void A_shifted_image_repeats_its_edge()
    {
        using var scope = NewDisposeScope();
        var image = Batch(1, 1, 4, 4);
        var padded = nn.functional.pad(image.to(ScalarType.Float32), [1, 1, 1, 1], TorchSharp.PaddingModes.Replicate).to(ScalarType.Byte);
        var windows = new HashSet<string>();
        for (int y = 0; y < 3; y++)
        {
            for (int x = 0; x < 3; x++) windows.Add(Key(padded[0, .., y..(y + 4), x..(x + 4)]));
        }

        var shifted = new Augmentation { Shift = 1 }.Apply(image.expand(300, -1, -1, -1), 1, 1);
        Assert.Equal(windows, Enumerable.Range(0, 300).Select(i => Key(shifted[i])).ToHashSet());
    }

    [Fact]
    public void No_augmentation_gives_a_copy()
    {
        using var scope = NewDisposeScope();
        var batch = Batch(2, 1, 4, 4);
        var copy = Augmentation.None.Apply(batch, 1, 1);
        Assert.Equal(Bytes(batch), Bytes(copy));
        copy.zero_();
        Assert.NotEqual(Bytes(batch), Bytes(copy));
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(Gen.Int[0, 4].Select(quarters => quarters / 4.0), Gen.Int[0, 9], Gen.Int[0, 9]).Sample((flip, crop, shift) =>
        {
            var augmentation = new Augmentation { FlipProbability = flip, Crop = crop, Shift = shift };
            return Augmentation.Parse(augmentation.ToString()) == augmentation;
        });

    [Fact]
    public void Names_alone_mean_the_usual_numbers() =>
        Assert.Equal(Augmentation.Cifar with { Shift = 2 }, Augmentation.Parse("flip+crop+shift"));

    [Theory]
    [InlineData("flop", "Nearest: flip")]
    [InlineData("crop:x", "no number")]
    [InlineData("crop:-4", "no number")]
    [InlineData("crop:1.5", "whole number")]
    [InlineData("flip:2", "between 0 and 1")]
    [InlineData("none+flip", "none and something else")]
    public void Nonsense_is_refused_with_what_would_be_right(string text, string hint) =>
        Assert.Contains(hint, Assert.ThrowsAny<ArgumentException>(() => Augmentation.Parse(text)).Message, StringComparison.Ordinal);

    private static Tensor Batch(int count, int channels, int height, int width) =>
        (arange(count * channels * height * width) * 7).remainder(251).add(1).to(ScalarType.Byte).reshape(count, channels, height, width);

    private static byte[] Bytes(Tensor images) => images.contiguous().bytes.ToArray();

    private static string Key(Tensor image) => Convert.ToHexString(Bytes(image));
}
