using Golgi.Data;
using Spectre.Console;

namespace Golgi.App.Commands.DataSets;

/// <summary><c>golgi data list</c>.</summary>
internal sealed class DataListCommand() : Verb("list", "Lists all data sets, whether each is on this machine, and the folders that are searched.")
{
    public override int Run(Session session)
    {
        session.Print(DataListing.Of(new DataOptions { Folder = session.DataFolder }), Draw);
        return ExitCode.Done;
    }

    private static void Draw(DataListing listing, IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("name", "state", "what it is");
        foreach (var set in listing.DataSets)
        {
            string text = set.Folder is null ? set.Summary : $"{set.Summary}\nin {set.Folder}";
            table.AddRow(Markup.Escape(set.Usage), set.State, Markup.Escape(text));
        }

        console.Write(table);
        console.WriteLine("Searched in this order:");
        foreach (var folder in listing.Folders) console.WriteLine($"  {folder.Path} ({folder.Origin}{(folder.Exists ? "" : "; no such folder")})");
        if (listing.DataSets.Any(set => set.State == "absent")) console.WriteLine("Get what is absent with: golgi data get NAME");
    }
}
