using Golgi.Data;
using Golgi.Instruments.Tickets.Comparisons;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Instruments.Tickets.Use;
using Golgi.Jobs;
using Golgi.Opening;
using Golgi.Runs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Instruments.Tickets;

/// <summary>What the jobs of tickets are named by, share, and leave.</summary>
[Collection(TorchState.Name)]
public sealed class TicketJobTests
{
    private static readonly TicketOptions Small = SmallBlueprint.Options(6, rounds: 1) with { Controls = [] };

    [Fact]
    public void A_comparison_shares_levels_with_a_search_of_the_same_setting()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var blueprint = SmallBlueprint.Of(data);
        var workspace = new Workspace(scratch.Folder);
        workspace.Run(new FindTicketsJob(blueprint, Small with { Controls = ["random"] }, [1, 2]));
        Assert.Equal(6, Levels(scratch));

        var compared = workspace.Run(new CompareTicketsJob("zeros", blueprint, Small, [1, 2], ["freeze"])).Result;
        Assert.Equal(8, Levels(scratch));                           // those of freeze alone are new
        Assert.Equal(["zero", "freeze"], compared.Rows.Select(row => row.Setting.Name));
        Assert.True(workspace.Run(new FindTicketsJob(blueprint, Small, [1, 2])).Remembered);
    }

    [Fact]
    public void A_worker_makes_the_same_job_of_a_request()
    {
        using var scratch = new Scratch();
        var recipe = Small.Recipe with { Data = "strokes:300", ValidationCount = 50 };
        using var data = DataCatalog.Open(recipe.Data, recipe.DataOptions());
        var blueprint = Blueprint.Of(recipe, data);
        var options = Small with
        {
            Recipe = recipe,
            Criterion = MaskCriterion.Find("movement"),
            Rates = new PruningRates { Rate = 0.3, Layers = new Dictionary<string, double> { ["fc3*"] = 0.1, ["fc*"] = 0.4 } },
        };
        var workspace = new Workspace(scratch.Folder);
        using ChainJob chain = new(blueprint, options, 4), chainAgain = ChainJob.Make(chain.Request!, workspace);
        using MaskLearningJob mask = new(blueprint, new MaskLearningOptions { Recipe = recipe, Learner = MaskLearner.Signed }, 4),
            maskAgain = MaskLearningJob.Make(mask.Request!, workspace);

        Assert.Equal(chain.Configuration.Hash, chainAgain.Configuration.Hash);
        Assert.Equal(mask.Configuration.Hash, maskAgain.Configuration.Hash);
    }

    [Fact]
    public void What_only_this_process_has_is_not_handed_to_another()
    {
        using var data = SmallBlueprint.Data();
        var own = MaskCriterion.Of("own", (initial, final) => final - initial);
        var named = SmallBlueprint.Of(data) with { Source = Small.Recipe };

        Assert.NotNull(new ChainJob(named, Small, 1).Request);
        Assert.Null(new ChainJob(named, Small with { Criterion = own }, 1).Request);
        Assert.Null(new ChainJob(SmallBlueprint.Of(data), Small, 1).Request);
    }

    [Fact]
    public void Other_settings_seeds_and_data_are_other_runs_and_other_words_for_the_data_are_not()
    {
        using DataSet data = SmallBlueprint.Data(), other = SmallBlueprint.Data(300);
        string Name(DataSet on, TicketOptions options, params long[] seeds) =>
            new FindTicketsJob(SmallBlueprint.Of(on), options, seeds).Configuration.Name;
        string[] names =
        [
            Name(data, Small, 1), Name(data, Small, 2), Name(data, Small, 1, 2), Name(other, Small, 1), Name(data, Small with { OneShot = true }, 1),
            Name(data, Small with { Recipe = Small.Recipe with { Batch = 20 } }, 1),
            Name(data, Small with { Rates = new PruningRates { Layers = new Dictionary<string, double> { ["a*"] = 0.1, ["*"] = 0.2 } } }, 1),
            Name(data, Small with { Rates = new PruningRates { Layers = new Dictionary<string, double> { ["*"] = 0.2, ["a*"] = 0.1 } } }, 1),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(names[0], Name(data, Small with { Recipe = Small.Recipe with { Data = "another way to say it" } }, 1));
    }

    [Fact]
    public void Seeds_must_be_there_and_differ()
    {
        using var data = SmallBlueprint.Data();
        var blueprint = SmallBlueprint.Of(data);

        Assert.Throws<ArgumentException>(() => new FindTicketsJob(blueprint, Small, []));
        Assert.Throws<ArgumentException>(() => new SupermaskJob(blueprint, [1, 1], null, new MaskLearningOptions { Recipe = Small.Recipe }));
        Assert.Throws<ArgumentException>(() => new SupermaskJob(blueprint, [1]));
    }

    [Fact]
    public void Masks_that_were_stopped_go_on_and_end_with_the_same_numbers()
    {
        using var data = SmallBlueprint.Data();
        using Scratch straight = new(), stopped = new();
        var blueprint = SmallBlueprint.Of(data);
        SupermaskJob Job() => new(
            blueprint, [1, 2],
            new HeuristicMaskOptions
            {
                Recipe = Small.Recipe,
                Powers = [2, 4],
                Criteria = [MaskCriterion.Find("large-final"), MaskCriterion.Find("random")],
            },
            new MaskLearningOptions { Recipe = Small.Recipe, Samples = 2 });
        var expected = SmallBlueprint.Run(Job(), straight.Folder);

        foreach (string when in new[] { "masks of seed 2", "training" })
        {
            using var source = new CancellationTokenSource();
            bool criteria = false;
            var stop = new Listener(now =>
            {
                criteria |= now.Task == "masks of seed 2";
                if (now.Task == when && criteria) source.Cancel();
            });
            Assert.Throws<OperationCanceledException>(() => SmallBlueprint.Run(Job(), stopped.Folder, stop, source.Token));
        }

        var resumed = SmallBlueprint.Run(Job(), stopped.Folder);
        Assert.Equal(expected.Heuristic!.Select(Numbers), resumed.Heuristic!.Select(Numbers));
        Assert.Equal(expected.Learned!["bernoulli"].Rounded.Values, resumed.Learned!["bernoulli"].Rounded.Values);
        Assert.Equal(expected.Learned["bernoulli"].Sampled!.Values, resumed.Learned["bernoulli"].Sampled!.Values);

        static string Numbers(HeuristicMask mask) =>
            $"{mask.Criterion} {mask.Weights} {mask.BestRemaining:R} {string.Join(' ', mask.Test.Values)} "
                + $"{string.Join(' ', mask.Curve.Select(p => p.Accuracy.Mean))}";
    }

    [Fact]
    public void Latencies_are_never_answered_from_a_folder()
    {
        using var scratch = new Scratch();
        using var specimen = TicketSpecimen.Open("fc-784-12-10", new SpecimenOptions());
        var workspace = new Workspace(scratch.Folder);

        var first = workspace.Run(new BenchJob(specimen, [1]));
        var second = workspace.Run(new BenchJob(specimen, [1]));
        Assert.False(second.Remembered);
        Assert.Equal(first.Folder, second.Folder);
        Assert.Equal(["dense", "shrunk", "sparse"], second.Result.Latencies.Select(one => one.Name));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BenchJob(specimen, [0]));
    }

    [Fact]
    public void Runs_from_before_there_were_versions_still_open_by_their_name()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var level = SmallBlueprint.Find(SmallBlueprint.Of(data), Small, [1], scratch["new"]).Levels[1].Replicates[0];
        using var made = Run.Read(Path.Combine(scratch["new"], level.Run));
        using (var old = Run.Open(scratch["old"], made.Configuration with { Version = 0 }))
        {
            File.Copy(made.ArtifactPath("ticket.safetensors"), old.ArtifactPath("ticket.safetensors"));
            old.Finish(level);
        }

        using var specimen = TicketSpecimen.Open("ticket-", new SpecimenOptions { RunsFolder = scratch["old"], Data = "strokes:600" });
        Assert.Equal(SmallBlueprint.Model + ", large-final", specimen.Name);
    }

    private static int Levels(Scratch scratch) => Run.All(scratch.Folder).Count(run => run.Configuration.Kind == LevelJob.Is.Name);
}
