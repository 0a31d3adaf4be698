using System.CommandLine;

namespace Golgi.App.Commands.Tickets;

/// <summary><c>golgi tickets</c>: which weights matter.</summary>
internal sealed class TicketsCommand : Command
{
    public const string Summary =
        "Which weights of a network matter, what must be kept of them, and what a mask alone knows (Zhou et al. 2019).";

    public TicketsCommand()
        : base("tickets", Summary)
    {
        Subcommands.Add(new FindTicketsCommand());
        Subcommands.Add(new CompareTicketsCommand());
        Subcommands.Add(new SupermaskCommand());
        Subcommands.Add(new StabilityCommand());
        Subcommands.Add(new ApplyTicketCommand());
        Subcommands.Add(new ShrinkTicketCommand());
        Subcommands.Add(new BenchTicketCommand());
    }
}
