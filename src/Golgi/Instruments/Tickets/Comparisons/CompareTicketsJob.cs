using System.Text.Json.Nodes;
using Golgi.Instruments.Tickets.Actions;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;
using Golgi.Numerics.Statistics;

namespace Golgi.Instruments.Tickets.Comparisons;

/// <summary>Measures the settings of one of the paper's findings side by side and says of each whether it came out as published. Each setting is a
/// search of its own; they share the dense trainings.</summary>
public sealed class CompareTicketsJob : Job<ComparisonResult>
{
    private readonly string question;
    private readonly Blueprint blueprint;
    private readonly TicketOptions options;
    private readonly IReadOnlyList<long> seeds;
    private readonly IReadOnlyList<TicketSetting> settings;

    /// <summary>Puts the job together.</summary>
    /// <param name="question">One of <see cref="TicketSetting.Questions"/>.</param>
    /// <param name="blueprint">The network and its data. Borrowed.</param>
    /// <param name="options">How; criterion, actions and controls are set by the question.</param>
    /// <param name="seeds">One per replicate; intervals need at least two.</param>
    /// <param name="only">Names of settings; those that they are compared with come along. Null: all of the question's.</param>
    /// <exception cref="ArgumentException">There is no such question or setting, or no seed.</exception>
    public CompareTicketsJob(
        string question, Blueprint blueprint, TicketOptions options, IReadOnlyList<long> seeds, IReadOnlyList<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        ArgumentNullException.ThrowIfNull(options);
        settings = TicketSetting.Of(question, only);
        (this.question, this.blueprint, this.options, this.seeds) = (question, blueprint, options, Replicates.Checked(seeds));
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-compare", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{question}-{blueprint.Data.Name}-{blueprint.Name}";

    /// <inheritdoc/>
    public override JsonObject Options
    {
        get
        {
            var json = Of(settings[0]).Describe(blueprint, seeds);
            json["question"] = question;
            json["settings"] = new JsonArray([.. settings.Select(setting => JsonValue.Create(setting.Name))]);
            return json;
        }
    }

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => blueprint.Inputs;

    /// <inheritdoc/>
    public override ComparisonResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        TicketSearchResult[] found =
        [
            .. context.RunAll([.. settings.Select(setting => new FindTicketsJob(blueprint, Of(setting), seeds))]).Select(done => done.Result),
        ];
        var named = settings.Zip(found).ToDictionary(pair => pair.First.Name, pair => pair.Second);
        return new ComparisonResult(
            question, blueprint.Name, blueprint.Data.Name, found[0].Levels[0].Accuracy,
            [.. settings.Zip(found).SelectMany(pair => pair.Second.Levels.Skip(1).Select(step => Row(pair.First, step, named)))]);
    }

    private TicketOptions Of(TicketSetting setting) => options with
    {
        Criterion = MaskCriterion.Find(setting.Criterion),
        MaskOne = MaskOne.Find(setting.MaskOne),
        MaskZero = MaskZero.Find(setting.MaskZero),
        Controls = [],
    };

    private static ComparisonRow Row(TicketSetting setting, TicketStep step, Dictionary<string, TicketSearchResult> named)
    {
        var other = setting.Against.Length > 0 ? named[setting.Against].Levels.First(level => level.Level == step.Level).Accuracy : null;
        var difference = other is null ? null : Interval.Of(step.Accuracy.Values.Zip(other.Values, (own, theirs) => own - theirs));
        return new ComparisonRow(
            setting, step.Remaining, step.Accuracy, step.Untrained, difference, ComparisonRow.Holds(setting.Claim, difference));
    }
}
