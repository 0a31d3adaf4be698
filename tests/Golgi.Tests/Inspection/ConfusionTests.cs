using Golgi.Data;
using Golgi.Inspection;
using Golgi.Networks;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Inspection;

public sealed class ConfusionTests
{
    // The network is the identity, so inputs are logits and the answers can be read off the table.
    private static readonly float[,] Logits =
    {
        { 3, 0, 0 }, { 2, 0, 1 }, { 0, 5, 0 }, { 0, 1, 0 }, { 0, 0, 2 }, { 0, 4, 0 },
    };

    private static readonly long[] Labels = [0, 0, 0, 1, 2, 2];

    [Fact]
    public void Counts_shares_and_mistakes_are_those_of_the_table()
    {
        using var specimen = new Specimen("test", nn.Sequential(("identity", nn.Identity())), [3], Preprocessing.None, ["a", "b", "c"]);
        using var examples = new TensorExamples(tensor(Logits), tensor(Labels));
        var confusion = Confusion.Measure(specimen, examples, options: new PassOptions { Batch = 4 });

        Assert.Equal([2L, 1, 0], confusion.Matrix[0]);
        Assert.Equal([0L, 1, 0], confusion.Matrix[1]);
        Assert.Equal([0L, 1, 1], confusion.Matrix[2]);
        Assert.Equal((4, 6), (confusion.Accuracy.Successes, confusion.Accuracy.Count));
        Assert.Equal(2.0 / 3, confusion.Recall[0]!.Value, 12);
        Assert.Equal(1.0 / 3, confusion.Precision[1]!.Value, 12);
        Assert.Equal([2L, 5], confusion.Mistakes.Select(mistake => mistake.Example)); // logit 5 is surer than logit 4
        Assert.Equal(Math.Exp(5) / (Math.Exp(5) + 2), confusion.Mistakes[0].Confidence, 6);
        Assert.Equal(1 / (Math.Exp(5) + 2), confusion.Mistakes[0].LabelProbability, 6);
        Assert.Equal(new ConfusedPair(0, 1, 1), confusion.Pairs[0]);
    }

    [Fact]
    public void Only_the_surest_mistakes_are_kept()
    {
        using var specimen = new Specimen("test", nn.Sequential(("identity", nn.Identity())), [3], Preprocessing.None, []);
        using var examples = new TensorExamples(tensor(Logits), tensor(Labels));
        Assert.Equal([2L], Confusion.Measure(specimen, examples, mistakes: 1).Mistakes.Select(mistake => mistake.Example));
    }

    [Fact]
    public void A_label_without_an_output_is_told()
    {
        using var specimen = new Specimen("test", nn.Sequential(("identity", nn.Identity())), [3], Preprocessing.None, []);
        using var examples = new TensorExamples(tensor(Logits), tensor([0L, 1, 2, 0, 1, 7]));
        Assert.Contains("label 7", Assert.Throws<ArgumentException>(() => Confusion.Measure(specimen, examples)).Message, StringComparison.Ordinal);
    }
}
