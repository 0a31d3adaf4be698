using Golgi.Foundation;
using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Comparisons;

/// <summary>Measures the settings of one of the paper's findings side by side and says of each whether it came out as published.</summary>
public static class TicketComparison
{
    /// <summary>Measures.</summary>
    /// <param name="question">One of <see cref="TicketSetting.Questions"/>.</param>
    /// <param name="blueprint">The network and its data.</param>
    /// <param name="options">How; criterion, actions and controls are set by the question.</param>
    /// <param name="seeds">One per replicate; intervals need at least two.</param>
    /// <param name="root">The folder of all runs.</param>
    /// <param name="only">Names of settings; those that they are compared with come along. Null: all of the question's.</param>
    /// <param name="progress">Trainings done in the present setting.</param>
    /// <param name="cancellation">Finishes the step under way, saves a checkpoint and throws.</param>
    /// <exception cref="ArgumentException">There is no such question.</exception>
    public static ComparisonResult Measure(
        string question,
        Blueprint blueprint,
        TicketOptions options,
        IReadOnlyList<long> seeds,
        string root,
        IReadOnlyList<string>? only = null,
        IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(blueprint);
        var settings = TicketSetting.Of(question, only);
        var found = settings.Select(setting => TicketSearch.Find(
            blueprint,
            options with
            {
                Criterion = MaskCriterion.Find(setting.Criterion),
                MaskOne = MaskOne.Find(setting.MaskOne),
                MaskZero = MaskZero.Find(setting.MaskZero),
                Controls = [],
            },
            seeds,
            root,
            progress,
            cancellation)).ToArray();
        var named = settings.Zip(found).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return new ComparisonResult(
            question, blueprint.Name, blueprint.Data.Name, found[0].Levels[0].Accuracy,
            [.. settings.Zip(found).SelectMany(pair => pair.Second.Levels.Skip(1).Select(step => Row(pair.First, step, named)))]);
    }

    private static ComparisonRow Row(TicketSetting setting, TicketStep step, Dictionary<string, TicketSearchResult> named)
    {
        var other = setting.Against.Length > 0 ? named[setting.Against].Levels.First(level => level.Level == step.Level).Accuracy : null;
        var difference = other is null ? null : Interval.Of(step.Accuracy.Values.Zip(other.Values, (own, theirs) => own - theirs));
        return new ComparisonRow(
            setting, step.Remaining, step.Accuracy, step.Untrained, difference, ComparisonRow.Holds(setting.Claim, difference));
    }
}
