using Golgi.Data;
using Golgi.Instruments.Tickets.Files;
using Golgi.Networks;
using Golgi.Opening;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>Opens what a user names as a network, tickets included.</summary>
public static class TicketSpecimen
{
    /// <summary>What a reference may be, for help texts.</summary>
    public const string Usage = "a ticket.safetensors, or any network: " + SpecimenSource.Usage;

    /// <summary>Opens a ticket's network, or any other.</summary>
    /// <param name="reference">As <see cref="Usage"/> says.</param>
    /// <param name="options">With which data; a ticket's own where none are named.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">Nothing of that name is there.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static Specimen Open(string reference, SpecimenOptions options)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reference);
        ArgumentNullException.ThrowIfNull(options);
        if (!TicketFile.IsTicket(reference)) return SpecimenSource.Open(reference, options);
        var lineage = TicketFile.ReadLineage(reference);
        var network = TicketFile.Open(reference, out var mask);
        mask.Dispose();
        network.eval();
        var data = DataCatalog.Open(options.Data ?? lineage.Data, new DataOptions { Folder = options.DataFolder });
        return new Specimen($"{lineage.Model}, {lineage.Criterion}", network, lineage.InputShape, data.Preprocessing, data.ClassNames, data);
    }
}
