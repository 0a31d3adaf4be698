using System.CommandLine;
using Golgi.Instruments.Tickets.Use;
using Golgi.Networks;
using Golgi.Opening;

namespace Golgi.App.Commands.Tickets;

/// <summary>The argument of commands that take a ticket or any other network.</summary>
internal static class TicketNetwork
{
    public static Argument<string> Argument => new("NETWORK") { Description = $"The network: {NetworkReference.Usage}." };

    public static Option<string?> DataOption =>
        new("--data") { Description = "Data set to look at it with. Default: the one that it was found with." };

    /// <summary>Opens it; the caller owns it.</summary>
    public static Specimen Open(Session session, string reference, string? data) => TicketSpecimen.Open(reference, new SpecimenOptions
    {
        RunsFolder = session.RunsFolder,
        Data = data,
        DataFolder = session.DataFolder,
    });
}
