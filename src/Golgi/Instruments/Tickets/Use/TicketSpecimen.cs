using Golgi.Data;
using Golgi.Instruments.Tickets.Files;
using Golgi.Networks;
using Golgi.Opening;
using Golgi.Runs;
using TorchSharp;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>Opens what a user names as a network, tickets included.</summary>
public static class TicketSpecimen
{
    /// <summary>Opens a ticket's network, or any other.</summary>
    /// <param name="reference">A <c>ticket.safetensors</c>, a run that holds one, or what <see cref="SpecimenSource"/> opens.</param>
    /// <param name="options">With which data; a ticket's own where none are named.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">Nothing of that name is there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static Specimen Open(string reference, SpecimenOptions options) => Open(NetworkReference.Parse(reference), options);

    /// <inheritdoc cref="Open(string, SpecimenOptions)"/>
    public static Specimen Open(NetworkReference reference, SpecimenOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(options);
        if (TicketOf(reference, options) is not { } ticket) return SpecimenSource.Open(reference, options);
        var lineage = TicketFile.ReadLineage(ticket);
        var network = TicketFile.Open(ticket, out var mask);
        mask.Dispose();
        network.to(options.Device);
        network.eval();
        var data = DataCatalog.Open(options.Data ?? lineage.Data, new DataOptions { Folder = options.DataFolder });
        return new Specimen($"{lineage.Model}, {lineage.Criterion}", network, lineage.InputShape, Prepared(), data.ClassNames, data);

        Preprocessing Prepared() => reference.Preparation is { } name ? PreprocessingPresets.Find(name) : options.Preprocessing ?? data.Preprocessing;
    }

    /// <summary>The file of what must be a ticket.</summary>
    /// <param name="reference">What a user names as a network.</param>
    /// <param name="options">Where runs lie.</param>
    /// <exception cref="ArgumentException">Nothing of that name is there, or it is another network.</exception>
    public static string RequireTicket(NetworkReference reference, SpecimenOptions options)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(options);
        return TicketOf(reference, options) ?? throw new ArgumentException(
            $"{reference.Name} is no ticket; it must be a ticket.safetensors, or a run of 'golgi tickets' that holds one.");
    }

    /// <summary>The file of a ticket: itself, or the one that a run of a search or of mask learning has left; null: it is no ticket.</summary>
    private static string? TicketOf(NetworkReference reference, SpecimenOptions options)
    {
        if (reference.Kind == NetworkKind.File) return TicketFile.IsTicket(reference.Name) ? reference.Name : null;
        if (reference.Kind != NetworkKind.Run || (reference.Checkpoint ?? options.Checkpoint) is not null) return null;
        using var run = RunReference.Open(reference.Name, options.RunsFolder);
        string file = run.ArtifactPath(TicketFile.FileName);
        return File.Exists(file) ? file : null;
    }
}
