using Golgi.Foundation;

namespace Golgi.Instruments.Tickets.Comparisons;

/// <summary>One setting of a comparison, with what the paper says of it.</summary>
/// <param name="Name">The setting, in short.</param>
/// <param name="Criterion">Which weights are kept.</param>
/// <param name="MaskOne">What happens to them.</param>
/// <param name="MaskZero">What happens to the others.</param>
/// <param name="Claim">What the paper says.</param>
/// <param name="Against">The name of the setting that it is compared with; empty: none.</param>
public sealed record TicketSetting(string Name, string Criterion, string MaskOne, string MaskZero, Claim Claim, string Against)
{
    private const string LargeFinal = "large-final", Rewind = "rewind", Zero = "zero";

    private static readonly string[] Good = ["magnitude-increase", "movement", "large-init-large-final", "large-final-same-sign"];
    private static readonly string[] Bad = ["small-final", "small-init", "small-init-small-final", "large-final-diff-sign"];
    private static readonly string[] SignBreaking = ["reinit", "reshuffle", "constant"];

    /// <summary>The questions that <see cref="Of"/> knows.</summary>
    public static IReadOnlyList<string> Questions { get; } = ["criteria", "signs", "zeros"];

    /// <summary>The settings of one of the paper's three findings.</summary>
    /// <param name="question"><c>criteria</c>: which weights are kept (section 2); <c>signs</c>: what must be kept of them (section 3);
    /// <c>zeros</c>: what the others are (section 4).</param>
    /// <param name="only">Names of settings; what they are compared with comes along. Null or empty: all.</param>
    /// <returns>What others are compared with first.</returns>
    /// <exception cref="ArgumentException">There is no such question or setting.</exception>
    public static IReadOnlyList<TicketSetting> Of(string question, IReadOnlyList<string>? only = null)
    {
        var all = All(question);
        if (only is null or { Count: 0 }) return all;
        var wanted = only.Select(name => Check.Known(name, all.Select(one => one.Name), "setting")).ToHashSet();
        for (int before = 0; before < wanted.Count;)
        {
            before = wanted.Count;
            wanted.UnionWith([.. all.Where(one => wanted.Contains(one.Name) && one.Against.Length > 0).Select(one => one.Against)]);
        }

        return [.. all.Where(one => wanted.Contains(one.Name))];
    }

    private static IReadOnlyList<TicketSetting> All(string question) => Check.Known(question, Questions, "question") switch
    {
        "criteria" =>
        [
            Kept(LargeFinal, Claim.None, ""),
            Kept("random", Claim.Worse, LargeFinal),
            .. Good.Select(name => Kept(name, Claim.AsGood, LargeFinal)),
            Kept("large-init", Claim.Worse, LargeFinal),
            .. Bad.Select(name => Kept(name, Claim.Worse, "random")),
        ],
        "signs" =>
        [
            new(Rewind, LargeFinal, Rewind, Zero, Claim.None, ""),
            .. SignBreaking.SelectMany(action => new TicketSetting[]
            {
                new(action, LargeFinal, action, Zero, Claim.Worse, Rewind),
                new($"{action}-same-sign", LargeFinal, $"{action}-same-sign", Zero, Claim.AsGood, Rewind),
            }),
        ],
        _ =>
        [
            new(Zero, LargeFinal, Rewind, Zero, Claim.None, ""),
            new("freeze", LargeFinal, Rewind, "freeze", Claim.Worse, Zero),
            new("variant-1", LargeFinal, Rewind, "variant-1", Claim.AsGood, Zero),
            new("variant-2", LargeFinal, Rewind, "variant-2", Claim.AsGood, Zero),
            new("control-reshuffle", LargeFinal, Rewind, "control-reshuffle", Claim.Worse, "variant-1"),
            new("control-reverse", LargeFinal, Rewind, "control-reverse", Claim.Worse, "variant-1"),
        ],
    };

    private static TicketSetting Kept(string criterion, Claim claim, string against) => new(criterion, criterion, Rewind, Zero, claim, against);
}
