using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Runs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Instruments.Tickets.Search;

[Collection(TorchState.Name)]
public sealed class TicketSearchTests
{
    [Fact]
    public void A_finished_level_is_never_repeated_and_a_longer_search_builds_on_it()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = SmallBlueprint.Options(20, rounds: 1);
        var first = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1, 2], scratch.Folder);
        var written = Times(scratch);
        Assert.Equal(8, written.Count);                                      // dense, ticket, random, reinit for each seed
        var again = SmallBlueprint.Find(SmallBlueprint.Of(data), options with { Rounds = 2 }, [1, 2], scratch.Folder);
        Assert.Equal(first.Levels.Select(level => level.Accuracy.Values), again.Levels.Take(2).Select(level => level.Accuracy.Values));
        Assert.All(written, entry => Assert.Equal(entry.Value, Times(scratch)[entry.Key]));
        Assert.Equal([1, 0.5], first.Levels.Select(level => Math.Round(level.Remaining, 1)));
    }

    [Fact]
    public void A_search_that_was_stopped_goes_on_and_ends_with_the_same_numbers()
    {
        using var data = SmallBlueprint.Data();
        using var straight = new Scratch();
        using var stopped = new Scratch();
        var options = SmallBlueprint.Options(20) with { Controls = [] };
        var expected = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], straight.Folder);

        using var source = new CancellationTokenSource();
        var stop = new Listener(now =>
        {
            if (now.Task.Contains("ticket at level 1", StringComparison.Ordinal) && now.Done % 1000 > 400) source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() =>
            SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], stopped.Folder, stop, source.Token));
        Assert.Contains(Run.All(stopped.Folder), run => !run.Finished);
        var resumed = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], stopped.Folder);
        Assert.Equal(
            expected.Levels.Select(level => (level.Accuracy.Mean, level.FinalAccuracy.Mean, level.SignFlips.Mean)),
            resumed.Levels.Select(level => (level.Accuracy.Mean, level.FinalAccuracy.Mean, level.SignFlips.Mean)));
    }

    [Fact]
    public void One_shot_levels_keep_as_many_weights_as_rounds_do_and_masks_nest()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = SmallBlueprint.Options(10) with { Controls = [] };
        var rounds = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], scratch.Folder);
        var once = SmallBlueprint.Find(SmallBlueprint.Of(data), options with { OneShot = true }, [1], scratch.Folder);
        Assert.Equal(rounds.Levels[2].Remaining, once.Levels[2].Remaining, 0.001);
        Assert.True(rounds.Levels[2].Replicates[0].Layers.Zip(rounds.Levels[1].Replicates[0].Layers).All(pair => pair.First.Kept < pair.Second.Kept));
    }

    [Fact]
    public void Late_rewinding_starts_the_ticket_from_the_early_step_s_weights()
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = SmallBlueprint.Options(20, rounds: 1) with { Controls = [] };
        var first = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], scratch.Folder);
        var late = SmallBlueprint.Find(SmallBlueprint.Of(data), options with { RewindStep = 15 }, [1], scratch.Folder);
        Assert.Equal(first.Levels[0].Accuracy.Mean, late.Levels[0].Accuracy.Mean);
        Assert.True(late.Levels[1].Untrained.Mean > first.Levels[1].Untrained.Mean);
    }

    [Theory]
    [InlineData("snip")]
    [InlineData("grasp")]
    [InlineData("synflow")]
    public void Methods_before_training_prune_to_the_same_size_without_looking_at_trained_weights(string criterion)
    {
        using var data = SmallBlueprint.Data();
        using var scratch = new Scratch();
        var options = SmallBlueprint.Options(10, rounds: 1) with
        {
            Controls = [],
            Criterion = MaskCriterion.Find(criterion),
            Rates = new PruningRates { Kind = "global", Rate = 0.9 },
        };
        var found = SmallBlueprint.Find(SmallBlueprint.Of(data), options, [1], scratch.Folder);
        Assert.Equal(0.1, found.Levels[1].Remaining, 0.001);
        if (criterion == "synflow") Assert.Empty(found.Levels[1].Replicates[0].Collapsed);
    }

    private static Dictionary<string, DateTime> Times(Scratch scratch) =>
        Run.All(scratch.Folder).Where(run => run.Finished && run.Configuration.Kind == LevelJob.Is.Name).ToDictionary(
            run => run.Name, run => File.GetLastWriteTimeUtc(Path.Combine(run.Folder, "result.json")));
}
