using Golgi.Data;
using Golgi.Instruments.Synthesis.Facets;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using Golgi.Numerics.Clustering;
using Golgi.Numerics.Random;
using Golgi.Jobs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Synthesis.Facets;

[Collection(TorchState.Name)]
public sealed class FacetTests
{
    [Theory]
    [InlineData(FacetSpace.Map)]
    [InlineData(FacetSpace.Components)]
    public void Two_kinds_of_pictures_under_one_label_are_told_apart(FacetSpace space)
    {
        using var scope = NewDisposeScope();
        var (examples, kinds) = TwoKinds();
        using var owned = examples;
        using var specimen = Linear();
        var options = new FacetOptions { Clusters = 2, Nearest = 5, CodeLayer = "flat", Space = space };
        using var report = MultifacetedVisualization.Run(
            specimen, examples, Target.Classes(0), options, new VisualizationOptions { Preset = "simonyan2013", Steps = 5, Seed = 1 });

        Assert.Equal(40, report.Examples.Count); // label 1 is left out
        Assert.Equal(1, ClusterScores.AdjustedRand(report.Assignments, [.. report.Examples.Select(example => kinds[(int)example])]));
        Assert.All(report.Facets, facet => Assert.Equal((20, 5), (facet.Size, facet.Members.Count)));
        Assert.True(report.Silhouette > 0.5);
        Assert.Equal(1, report.Purity); // label 0 is all there is

        // What tells the means apart still tells the pictures apart.
        var (pictures, means) = (report.Pictures.Pictures, report.Means);
        Assert.True(
            ((pictures[0] - pictures[1]) * (means[0] - means[1])).sum().item<float>() > 0.4 * (means[0] - means[1]).square().sum().item<float>());
        Near.Equal(examples.Read(tensor(report.Facets[0].Members.ToArray())).to(ScalarType.Float32).mean([0L]) / 255, report.Means[0], 1e-5);
    }

    [Fact]
    public void Members_come_nearest_first_and_more_facets_than_images_are_refused()
    {
        var (examples, _) = TwoKinds();
        using var owned = examples;
        using var specimen = Linear();
        Assert.Contains("40 images", Assert.Throws<ArgumentException>(() => MultifacetedVisualization.Run(
            specimen, examples, Target.Classes(0), new FacetOptions { Clusters = 50, CodeLayer = "flat" })).Message);
        Assert.Contains(
            "one unit at a time", Assert.Throws<ArgumentException>(
                () => MultifacetedVisualization.Run(specimen, examples, Target.Classes(0, 1))).Message);
    }

    /// <summary>Classes merged in pairs have two known facets each; the purity is over all five units.</summary>
    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData("strokes:3000", 2)]
    [InlineData("strokes:3000", 4)]
    [InlineData("strokes:3000", 10)]
    [InlineData("mnist", 2)]
    [InlineData("mnist", 4)]
    [InlineData("mnist", 10)]
    public void Classes_merged_in_pairs_come_apart_with_purity_above_nine_tenths(string data, int k)
    {
        using var scope = NewDisposeScope();
        var (pictures, classes) = MergedClasses.Pictures(data, 6000);
        var merged = classes.div(2, RoundingMode.floor);
        foreach (int seed in (int[])[1, 2, 3])
        {
            using var specimen = MergedClasses.Train(pictures, merged, 5, 400, seed);
            using var examples = new TensorExamples(pictures.clone(), merged.clone());
            double purity = 0;
            for (int unit = 0; unit < 5; unit++)
            {
                using var report = MultifacetedVisualization.Run(
                    specimen,
                    examples,
                    Target.Classes(unit),
                    new FacetOptions { Clusters = k, Images = 400 },
                    new VisualizationOptions { Preset = "pixels", Steps = 1, Seed = seed });
                int[] known = [.. report.Examples.Select(example => (int)classes[example].item<long>())];
                purity += ClusterScores.Purity(report.Assignments, known) / 5;
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{data}, k = {k}, seed {seed}: purity {purity:0.000}");
            Assert.True(purity > 0.9, $"{data}, k = {k}, seed {seed}: {purity:0.000}");
        }
    }

    [Fact]
    public void A_grid_shows_cells_with_enough_activations_and_counts_every_one()
    {
        using var scope = NewDisposeScope();
        var (examples, _) = TwoKinds();
        using var owned = examples;
        using var specimen = SeeingNetworks.Small();
        var options = new ActivationGridOptions { Images = 60, Cells = 3, Least = 1, Steps = 3, Size = 16 };
        using var grid = ActivationGrid.Make(specimen, examples, "conv1", options);
        Assert.Equal(60, grid.Cells.Sum(cell => cell.Count));
        Assert.Equal([grid.Cells.Count, 1, 16, 16], grid.Pictures.shape);
        Assert.All(grid.Cells, cell => Assert.True(cell is { Row: >= 0 and < 3, Column: >= 0 and < 3, Purity: > 0 and <= 1 }));
    }

    [Fact]
    public void A_stopped_grid_goes_on_with_the_icons_that_are_missing()
    {
        using var scope = NewDisposeScope();
        using var scratch = new Scratch();
        var (examples, _) = TwoKinds();
        var small = SeeingNetworks.Small();
        var options = new ActivationGridOptions { Images = 60, Cells = 3, Least = 1, Steps = 3, Size = 16, Batch = 2 };
        var data = new DataSet("two kinds", examples, examples, examples, ["a", "b"], Preprocessing.UnitRange, "two kinds"); // the specimen's own
        using var specimen = new Specimen("small", small.Network, small.InputShape, small.Preprocessing, small.ClassNames, data);
        using var job = new GridJob(specimen, "conv1", options);
        var whole = new Workspace(scratch["whole"]).Run(job);
        var workspace = new Workspace(scratch["stopped"]);
        using (var stop = new CancellationTokenSource())
        {
            var stopper = new Listener(state =>
            {
                if (state.Task.StartsWith("pictures 3", StringComparison.Ordinal)) stop.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => workspace.Run(job, stopper, stop.Token));
        }

        var tasks = new List<string>();
        var grid = workspace.Run(job, new Listener(state => tasks.Add(state.Task)));
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Artifacts, "grid.png")), File.ReadAllBytes(Path.Combine(grid.Artifacts, "grid.png")));
        Assert.StartsWith("pictures 3 to 4 of", tasks.First(task => task.StartsWith("pictures", StringComparison.Ordinal)));
    }

    private static Specimen Linear() => new(
        "linear", Seeds.Build(3, () => nn.Sequential(("flat", nn.Flatten()), ("fc", nn.Linear(144, 2)))), [1, 12, 12], Preprocessing.UnitRange,
        ["both", "other"]);

    /// <summary>Twenty pictures with a bright corner and twenty with a bright stripe, label 0; twenty of noise, label
    /// 1.</summary>
    private static (TensorExamples Examples, int[] Kinds) TwoKinds()
    {
        using var scope = NewDisposeScope();
        var pictures = (OperatorTests.Noise(60, 1, 12, 12) / 2) + 60;
        pictures.narrow(0, 0, 20).narrow(2, 0, 5).narrow(3, 0, 5).add_(150);
        pictures.narrow(0, 20, 20).narrow(2, 8, 3).add_(150);
        var labels = cat([zeros(40, dtype: ScalarType.Int64), ones(20, dtype: ScalarType.Int64)]);
        return (new TensorExamples(pictures.clamp(0, 255).to(ScalarType.Byte), labels), [.. Enumerable.Range(0, 60).Select(i => i / 20)]);
    }
}
