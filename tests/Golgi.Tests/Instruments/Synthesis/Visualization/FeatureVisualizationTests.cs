using System.Text.Json;
using Golgi.Ascent;
using Golgi.Ascent.Drifts;
using Golgi.Ascent.Objectives;
using Golgi.Ascent.Priors;
using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Networks;
using Golgi.Jobs;
using Golgi.Tensors;
using Golgi.Scores;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Synthesis.Visualization;

[Collection(TorchState.Name)]
public sealed class FeatureVisualizationTests
{
    public static TheoryData<string> PresetsWithoutData => [.. PresetCatalog.Names.Where(name => !PresetCatalog.Find(name, 32).NeedsImages)];

    [Theory]
    [MemberData(nameof(PresetsWithoutData))]
    public void Every_preset_raises_its_class_on_gray_color_and_oblong_inputs(string preset)
    {
        foreach (var (channels, height, width) in ((int, int, int)[])[(1, 16, 16), (3, 12, 20)])
        {
            using var specimen = SeeingNetworks.Small(channels, height, width, loud: true);
            var options = new VisualizationOptions { Preset = preset, Steps = 24, Seed = 3, Size = (height, width) };
            using var made = FeatureVisualization.Run(specimen, Target.Classes(1), options);
            Assert.Equal([1, channels, height, width], made.Pictures.shape);
            var found = made.Found[0];
            Assert.Equal(AscentOutcome.Finished, found.Outcome);
            Assert.InRange(made.Pictures.min().item<float>(), 0, 1);
            Assert.InRange(made.Pictures.max().item<float>(), 0, 1);
            // Five sizes with strong denoising have no time to climb in so few steps, and a tenth of so few pixels is
            // too little to
            // show anything.
            if (preset is "nguyen2016-mfv" or "nguyen2016-mfv-mean" or "yosinski2015-4") continue;
            Assert.True(found.Activation > found.StartActivation, $"{preset}: {found.StartActivation} to {found.Activation}");
        }
    }

    [Theory]
    [InlineData("olah2017", false)]
    [InlineData("fel2023-maco-light", false)]
    [InlineData("yosinski2015-1", false)]
    [InlineData("simonyan2013", true)]
    public void The_same_seed_gives_the_same_pictures_whatever_the_batch(string preset, bool probabilistic)
    {
        using var specimen = SeeingNetworks.Small(3);
        var priors = new PriorOptions { Priors = [PriorCatalog.Make("l2", 0.1)], Drifts = Langevin.Drifts(1, 1, 3) };
        var options = new VisualizationOptions { Preset = preset, Steps = 12, Seed = 5, Priors = probabilistic ? priors : null };
        using var together = FeatureVisualization.Run(specimen, Target.Classes(0, 1, 2), options);
        using var again = FeatureVisualization.Run(specimen, Target.Classes(0, 1, 2), options);
        using var byOnes = FeatureVisualization.Run(specimen, Target.Classes(0, 1, 2), options with { Batch = 1 });
        using var other = FeatureVisualization.Run(specimen, Target.Classes(0, 1, 2), options with { Seed = 6 });
        Near.Exact(together.Pictures, again.Pictures);
        Near.Equal(together.Pictures, byOnes.Pictures, 1e-3); // a batch's products are summed in another order
        Assert.False(together.Pictures.allclose(other.Pictures));
    }

    [Fact]
    public void MaCo_makes_pictures_larger_than_the_network_s_input_and_shows_it_parts_of_its_size()
    {
        using var specimen = SeeingNetworks.Small(3);
        var (height, width) = (specimen.InputShape[1], specimen.InputShape[2]);
        var options = new VisualizationOptions { Preset = "fel2023-maco", Steps = 3 };
        using var made = FeatureVisualization.Run(specimen, Target.Classes(0, 1), options);
        Assert.Equal([2, 3, (long)Math.Round(height * 512 / 224.0), (long)Math.Round(width * 512 / 224.0)], made.Pictures.shape);

        using var alone = FeatureVisualization.Run(specimen, Target.Classes(0, 1), options with { Batch = 1 });
        Near.Exact(made.Pictures, alone.Pictures); // 32 views each: one at a time, however large the batch
        using var small = FeatureVisualization.Run(specimen, Target.Classes(0), options with { Size = (height, width) });
        Assert.Equal([1, 3, height, width], small.Pictures.shape);
    }

    [Fact]
    public void A_judge_of_colors_sees_a_gray_picture_in_all_its_channels()
    {
        using var scope = NewDisposeScope();
        using var judge = SeeingNetworks.Small(3);
        long[] classes = [0, 1, 2];
        Tensor[] gray = [.. classes.Select(n => OperatorTests.Noise(1, 1, 12, 12, seed: (ulong)n)[0] + 127)];
        var expected = PictureJudge.Ask(judge, [.. gray.Select(picture => picture.expand(3, -1, -1))], classes);
        Assert.Equal(expected.Ranks, PictureJudge.Ask(judge, gray, classes).Ranks); // without them the judge would refuse it
    }

    [Fact]
    public void The_network_is_left_as_it_was()
    {
        using var specimen = SeeingNetworks.Small();
        specimen.Network.train();
        ((nn.Module)specimen.Layer("act1")).eval();
        FeatureVisualization.Run(specimen, new Target("conv2", [3]), new VisualizationOptions { Steps = 2 }).Dispose();
        Assert.True(specimen.Network.training);
        Assert.False(specimen.Layer("act1").training);
        Assert.All(specimen.Network.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.grad is null));
    }

    [Fact]
    public void A_dead_unit_and_a_broken_network_end_with_outcomes_that_say_so()
    {
        using var dead = SeeingNetworks.Small();
        using (no_grad()) ((TorchSharp.Modules.Conv2d)dead.Layer("conv2")).bias!.fill_(-1e6);
        using var nothing = FeatureVisualization.Run(dead, new Target("act2", [0, 1]), new VisualizationOptions { Steps = 20 });
        Assert.All(nothing.Found, found => Assert.Equal((AscentOutcome.DeadUnit, 0), (found.Outcome, found.Steps)));
        Assert.Equal(AscentOutcome.DeadUnit, nothing.Outcome);

        using var broken = SeeingNetworks.Small();
        using (no_grad()) ((TorchSharp.Modules.Conv2d)broken.Layer("conv2")).bias!.fill_(double.NaN);
        using var bad = FeatureVisualization.Run(broken, Target.Classes(0), new VisualizationOptions { Steps = 20 });
        Assert.Equal(AscentOutcome.NotANumber, bad.Found[0].Outcome);
    }

    [Fact]
    public void One_dead_unit_does_not_hold_up_the_others()
    {
        using var specimen = SeeingNetworks.Small();
        using (no_grad()) ((TorchSharp.Modules.Conv2d)specimen.Layer("conv2")).bias![2] = -1e6f;
        using var made =
            FeatureVisualization.Run(specimen, new Target("act2", [2, 3]), new VisualizationOptions { Preset = "yosinski2015-3", Steps = 10 });
        Assert.Equal([AscentOutcome.DeadUnit, AscentOutcome.Finished], made.Found.Select(found => found.Outcome));
        Assert.Equal(10, made.Found[1].Steps);
    }

    [Fact]
    public void Logits_are_found_before_a_softmax()
    {
        using var plain = SeeingNetworks.Small();
        using var soft = SeeingNetworks.Small(softmax: true);
        Assert.Empty(LogitSource.Find(plain).Layers);
        Assert.Equal(["fc"], LogitSource.Find(soft).Layers);
        var options = new VisualizationOptions { Steps = 6 };
        using var one = FeatureVisualization.Run(plain, Target.Classes(2), options);
        using var two = FeatureVisualization.Run(soft, Target.Classes(2), options);
        Near.Exact(one.Pictures, two.Pictures);
    }

    [Fact]
    public void Any_objective_can_be_shown_and_has_a_score_in_place_of_a_rank()
    {
        using var specimen = SeeingNetworks.Small();
        var both = new UnitObjective("conv2", 1) - (0.5 * new UnitObjective("conv1", 0));
        using var made = FeatureVisualization.Run(specimen, Target.Of(both), new VisualizationOptions { Steps = 12, PerUnit = 2 });
        Assert.Equal(2, made.Found.Count);
        Assert.All(made.Found, found => Assert.True(found is { Rank: null, Probability: null } && found.Activation > found.StartActivation));
        using var alone = FeatureVisualization.Run(specimen, new Target("conv2", [1]), new VisualizationOptions { Steps = 12 });
        using var alike = FeatureVisualization.Run(specimen, Target.Of(new UnitObjective("conv2", 1)), new VisualizationOptions { Steps = 12 });
        Near.Exact(alone.Pictures, alike.Pictures);
        Assert.Contains("4 units", Assert.Throws<ArgumentException>(
            () => FeatureVisualization.Run(specimen, Target.Of(new UnitObjective("conv1", 4)))).Message);
    }

    [Fact]
    public void Octaves_end_at_the_size_asked_for_and_share_out_the_steps()
    {
        using var specimen = SeeingNetworks.Small(height: 24, width: 24);
        var options = new VisualizationOptions { Preset = "simonyan2013", Steps = 12, Priors = new PriorOptions { Octaves = 3 } };
        using var made = FeatureVisualization.Run(specimen, Target.Classes(0), options);
        Assert.Equal([1, 1, 24, 24], made.Pictures.shape);
        Assert.Equal(12, made.Found[0].Steps);
    }

    [Fact]
    public void A_judge_ranks_the_class_that_a_picture_is_of_in_its_own_size()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small();
        using var made = FeatureVisualization.Run(specimen, Target.Classes(0, 1, 2), new VisualizationOptions { Steps = 30 });
        Tensor[] raw = [.. Enumerable.Range(0, 3).Select(n => made.Pictures[n] * 255)];
        Assert.Equal(made.Found.Select(found => (long)found.Rank!), PictureJudge.Ask(specimen, raw, [0, 1, 2]).Ranks);
        Assert.Equal((0.25, 0.5), (new PictureVerdict([1, 5, 6, 9]).Top1, new PictureVerdict([1, 5, 6, 9]).Top5));
        Assert.Equal((1.0 / 3, 1.0), (new PictureVerdict([1, 2, 5]).Top1, new PictureVerdict([1, 2, 5]).Top5));
        Assert.Contains("one class", Assert.Throws<ArgumentException>(() => PictureJudge.Ask(specimen, raw, [0])).Message);
    }

    [Fact]
    public void A_judge_sees_the_mean_of_a_large_picture_s_areas()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(loud: true);
        using var made = FeatureVisualization.Run(specimen, Target.Classes(0, 1, 2), new VisualizationOptions { Steps = 30 });
        foreach (var (one, other) in ((int, int)[])[(0, 2), (2, 0)])
        {
            // Areas of 3x3 whose mean shows one class and whose middle, all that bilinear interpolation would look at, another.
            var (mean, middle) = (made.Pictures[one] * 255, made.Pictures[other] * 255);
            Assert.Equal([1L], PictureJudge.Ask(specimen, [mean], [one]).Ranks);
            Assert.NotEqual([1L], PictureJudge.Ask(specimen, [middle], [one]).Ranks);
            var large = (((9 * mean) - middle) / 8).repeat_interleave(3, 1).repeat_interleave(3, 2);
            large[TensorIndex.Colon, TensorIndex.Slice(1, null, 3), TensorIndex.Slice(1, null, 3)] = middle;
            Assert.Equal([1L], PictureJudge.Ask(specimen, [large], [one]).Ranks);
        }
    }

    [Fact]
    public void A_stopped_call_goes_on_with_the_batch_in_which_it_was_stopped()
    {
        using var scratch = new Scratch();
        using var specimen = SeeingNetworks.Small(3);
        var options = new VisualizationOptions { Steps = 12, Seed = 5, Batch = 2 };
        var target = Target.Classes(0, 1, 2, 0, 1);
        using var whole = FeatureVisualization.Run(specimen, target, options);
        var workspace = new Workspace(scratch.Folder);
        using var job = new PicturesJob(specimen, target, options);
        using (var stop = new CancellationTokenSource())
        {
            var watch = new Listener(state =>
            {
                if (state.Task.StartsWith("pictures 3", StringComparison.Ordinal)) stop.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => workspace.Run(job, watch, stop.Token));
        }

        var heard = new List<WorkProgress>();
        var done = workspace.Run(job, new Listener(heard.Add));
        using var made = Npy.Read(Path.Combine(done.Artifacts, "pictures.npy"));
        Near.Exact(whole.Pictures, made);
        Assert.Equal(JsonSerializer.Serialize(whole.Found, RunJson.Format), JsonSerializer.Serialize(done.Result.Found, RunJson.Format));
        Assert.Equal("pictures 3 to 4 of 5", heard[0].Task);
        Assert.Equal((12, 36), (heard[0].Done, heard[0].Total)); // of three batches one is there
        Assert.Empty(Directory.EnumerateFiles(done.Folder!, "batch-*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_kept_batch_that_is_damaged_is_told_of()
    {
        using var scratch = new Scratch();
        using var specimen = SeeingNetworks.Small(3);
        var workspace = new Workspace(scratch.Folder);
        using var job = new PicturesJob(specimen, Target.Classes(0, 1, 2), new VisualizationOptions { Steps = 2, Batch = 1 });
        using (var stop = new CancellationTokenSource())
        {
            var watch = new Listener(state =>
            {
                if (state.Task.StartsWith("pictures 3", StringComparison.Ordinal)) stop.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => workspace.Run(job, watch, stop.Token));
        }

        string facts = Directory.EnumerateFiles(scratch.Folder, "batch-00001.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(facts, File.ReadAllText(facts)[..20]);
        var error = Assert.Throws<InvalidDataException>(() => workspace.Run(job));
        Assert.Contains("batch-00001.json is damaged", error.Message);
    }

    [Fact]
    public void Mistakes_are_told_before_any_work()
    {
        using var specimen = SeeingNetworks.Small();
        Assert.Contains("Nearest: conv1", Message(() => Run(new Target("conf1", [0]))));
        Assert.Contains("0..3", Message(() => Run(new Target("conv1", [4]))));
        Assert.Contains("0..2", Message(() => Run(Target.Classes(3))));
        Assert.Contains("olah2017", Message(() => Run(Target.Classes(0), new VisualizationOptions { Preset = "olah" })));
        Assert.Contains("without data", Message(() => Run(Target.Classes(0), new VisualizationOptions { Preset = "wei2015" })));

        void Run(Target target, VisualizationOptions? options = null) => FeatureVisualization.Run(specimen, target, options).Dispose();
        static string Message(Action act) => Assert.Throws<ArgumentException>(act).Message;
    }

    [Fact]
    public void Diversity_makes_a_units_pictures_less_alike()
    {
        using var specimen = SeeingNetworks.Small(3);
        var options = new VisualizationOptions { Steps = 40, PerUnit = 3, Seed = 2 };
        using var alike = FeatureVisualization.Run(specimen, new Target("conv2", [1]), options);
        using var diverse = FeatureVisualization.Run(specimen, new Target("conv2", [1]), options with { Diversity = 30, DiversityLayer = "act1" });
        Assert.True(Likeness(specimen, diverse.Pictures) < Likeness(specimen, alike.Pictures));
    }

    [Fact]
    public void Five_hundred_steps_leave_no_tensors_behind()
    {
        using var specimen = SeeingNetworks.Small();
        var options = new VisualizationOptions { Steps = 5 };
        FeatureVisualization.Run(specimen, Target.Classes(0), options).Dispose();
        LiveTensors.StayFlat(() => FeatureVisualization.Run(specimen, Target.Classes(0), options with { Steps = 500 }).Dispose());
    }

    [Fact]
    public void Inversion_by_code_matching_comes_near_the_code()
    {
        using var scope = NewDisposeScope();
        using var specimen = SeeingNetworks.Small(3);
        var picture = (OperatorTests.Noise(1, 3, 12, 12) + 127.5).clamp(0, 255);
        using var found = Inversion.Run(specimen, "conv1", picture, new VisualizationOptions { Preset = "mahendran2015", Steps = 200 });
        Assert.True(found.Errors[0] < 0.5 * found.StartErrors[0], $"{found.StartErrors[0]} to {found.Errors[0]}");
    }

    private static float Likeness(Specimen specimen, Tensor pictures)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var frozen = new FrozenSpecimen(specimen, ["act1"]);
        return -new DiversityObjective("act1").Score(frozen.Look(pictures * 255)).mean().item<float>();
    }
}
