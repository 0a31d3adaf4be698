using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Connectivity;
using Golgi.Instruments.Tickets.Criteria;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets stability</c>: linear mode connectivity.</summary>
internal sealed class StabilityCommand : Verb
{
    private readonly TicketInputs inputs = new();

    public StabilityCommand()
        : base(
            "stability",
            "Trains a network (or a ticket) twice, with the examples in two orders from some step on, and measures the error on the line between the "
            + "two ends; with sign flips, and how alike the masks are that the two would give.")
    {
        inputs.AddTo(this);
        Options.Add(Forks);
        Options.Add(Points);
        Options.Add(Rounds);
        Options.Add(Rate);
        Options.Add(Ticket);
    }

    public Option<long[]> Forks { get; } = new("--forks")
    {
        Description = "Steps at which the two part; 0 is the start. Give several.",
        DefaultValueFactory = _ => [0],
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<int> Points { get; } = new("--points") { Description = "Points on the line, both ends included.", DefaultValueFactory = _ => 11 };

    public Option<int> Rounds { get; } = new("--rounds") { Description = "Rounds of pruning: the look is repeated under each round's mask." };

    public Option<double> Rate { get; } = new("--rate")
    {
        Description = "Share of the remaining weights that a round removes, and the size at which masks are compared.",
        DefaultValueFactory = _ => 0.2,
    };

    public Option<FileInfo?> Ticket { get; } = new("--ticket") { Description = "Train only what this ticket's mask keeps." };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        using var data = inputs.Open(session);
        var blueprint = inputs.Blueprint(session, data);
        var options = new StabilityOptions
        {
            Forks = session.Value(Forks),
            Points = session.Value(Points),
            Rounds = session.Value(Rounds),
            Rates = new PruningRates { Rate = session.Value(Rate) },
            Ticket = session.Value(Ticket)?.FullName,
            Recipe = inputs.Recipe(session, blueprint.Recipe),
        };
        var found = session.Track(progress => Stability.Measure(
            blueprint, options, inputs.Seeds(session), session.RunsFolder, progress, session.Cancellation));
        session.Print(found, TicketUseView.Draw);
        return ExitCode.Done;
    }
}
