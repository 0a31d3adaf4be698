using Golgi.Inspection;
using Golgi.Networks.Taps;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Inspection;

public sealed class TopExamplesTests
{
    [Theory]
    [InlineData("relu2")]
    [InlineData("fc2")]
    public void Streaming_finds_what_looking_at_all_examples_finds(string layer)
    {
        using var scope = NewDisposeScope();
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(103, [1, 20, 20], 3);
        var found = TopExamples.Find(specimen, examples, [layer], 9, new PassOptions { Batch = 10 });

        using var tap = new ActivationTap(specimen.Network, [layer]);
        using (no_grad()) tap.Run(specimen.Preprocessing.Apply(examples.Inputs));
        var all = tap[layer];
        Assert.Equal(all.shape[1], found.Count);
        for (int unit = 0; unit < all.shape[1]; unit++)
        {
            var own = all.select(1, unit).reshape(103, -1);                     // [N, places]
            double[] best = [.. own.max(1).values.data<float>().Select(value => (double)value)];
            long[] expected = [.. Enumerable.Range(0, 103).OrderByDescending(i => best[i]).Take(9).Select(i => (long)i)];
            Assert.Equal(expected, found[unit].Best.Select(top => top.Example));
            Assert.Equal(expected.Select(i => best[i]), found[unit].Best.Select(top => top.Value), (a, b) => Math.Abs(a - b) < 1e-5);
            foreach (var top in found[unit].Best)
            {
                var here = all[top.Example, unit];
                foreach (int at in top.Place) here = here[at];
                Assert.Equal(top.Value, here.item<float>(), 1e-5);
            }
        }
    }

    [Fact]
    public void Each_place_comes_with_the_part_of_the_picture_that_it_sees()
    {
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(20, [1, 20, 20], 3);
        var tops = TopExamples.Find(specimen, examples, ["relu1", "relu3"], 2);
        var first = tops[0].Best[0];
        Assert.Equal(new Region(first.Place[0], first.Place[1], 5, 5), first.Region); // a 5×5 filter without padding
        Assert.Equal(new Region(0, 0, 20, 20), tops[^1].Best[0].Region);
    }

    [Fact]
    public void A_limit_spreads_the_search_over_the_whole_set()
    {
        using var specimen = Specimens.LeNet();
        using var examples = Specimens.Random(100, [1, 20, 20], 3);
        var tops = TopExamples.Find(specimen, examples, ["fc3"], 10, new PassOptions { Limit = 10 });
        Assert.Equal([0, 10, 20, 30, 40, 50, 60, 70, 80, 90], tops[0].Best.Select(top => top.Example).Order());
    }
}
