using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Files;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Training;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>Measures a ticket's network on the test set and tells what its file holds.</summary>
/// <param name="specimen">The ticket's network with data, as <see cref="TicketSpecimen.Open(string, Golgi.Opening.SpecimenOptions)"/> makes it.
/// Borrowed.</param>
/// <param name="ticket">The ticket's file.</param>
public sealed class ApplyTicketJob(Specimen specimen, string ticket) : Job<AppliedTicket>
{
    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-apply", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{specimen.Data?.Name}-{specimen.Name}";

    /// <inheritdoc/>
    public override JsonObject Options => new() { ["ticket"] = Digest.OfFile(ticket) };

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => SpecimenInputs.Of(specimen);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The specimen comes without data.</exception>
    public override AppliedTicket Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var data = specimen.Data
            ?? throw new ArgumentException($"{specimen.Name} comes without data to measure it on. Name a data set with --data.");
        var found = Evaluator.Evaluate(specimen, data.Test, cancellation: context.Cancellation);
        TicketFile.Open(ticket, out var mask).Dispose();
        using var kept = mask;
        return new AppliedTicket(
            found.Primary, found.Loss, found.Count, kept.Remaining, new FileInfo(ticket).Length, LayerMask.Of(kept), TicketFile.ReadLineage(ticket));
    }
}
