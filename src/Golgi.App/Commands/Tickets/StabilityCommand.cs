using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Connectivity;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Use;
using Golgi.Opening;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets stability</c>: linear mode connectivity.</summary>
internal sealed class StabilityCommand : Verb
{
    private static readonly StabilityOptions Usual = new() { Recipe = Blueprint.Usual("strokes", "lenet-300-100") };
    private readonly TicketInputs inputs = new();
    private readonly OptionSet<StabilityOptions> options = new(Usual);

    public StabilityCommand()
        : base(
            "stability",
            "Trains a network (or a ticket) twice, with the examples in two orders from some step on, and measures the error on the line between the "
            + "two ends; with sign flips, and how alike the masks are that the two would give.")
    {
        options.Add("--forks", "Steps at which the two part; 0 is the start. Give several.", o => o.Forks, (o, v) => o with { Forks = v });
        options.Add("--points", "Points on the line, both ends included.", o => o.Points, (o, v) => o with { Points = v });
        options.Add("--rounds", "Rounds of pruning: the look is repeated under each round's mask.", o => o.Rounds, (o, v) => o with { Rounds = v });
        options.Add("--rate", "Share of the remaining weights that a round removes, and the size at which masks are compared.",
            o => o.Rates.Rate, (o, v) => o with { Rates = o.Rates with { Rate = v } });
        inputs.AddTo(this, shared: false);
        options.AddTo(this);
        Options.Add(Ticket);
    }

    public Option<string?> Ticket { get; } = new("--ticket")
    {
        Description = "Train only what this ticket's mask keeps: a ticket.safetensors, or a run that holds one.",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        string? ticket = session.Value(Ticket) is { } name
            ? TicketSpecimen.RequireTicket(NetworkReference.Parse(name), session.SpecimenOptions)
            : null;
        var blueprint = inputs.Open(session);
        using var data = blueprint.Data;
        var asked = options.Read(session, Usual with { Recipe = blueprint.Source!, Ticket = ticket });
        using var job = new StabilityJob(blueprint, asked, inputs.Seeds(session));
        session.Print(session.Run(job), TicketUseView.Draw);
        return ExitCode.Done;
    }
}
