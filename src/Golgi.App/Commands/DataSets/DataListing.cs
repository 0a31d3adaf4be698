using Golgi.Data;
using Golgi.Data.Sources;

namespace Golgi.App.Commands.DataSets;

/// <summary>All data sets, and the folders in which they were looked for.</summary>
/// <param name="Folders">In the order of the search.</param>
/// <param name="DataSets">In the order of the catalog.</param>
internal sealed record DataListing(IReadOnlyList<DataListing.Place> Folders, IReadOnlyList<DataListing.Entry> DataSets)
{
    public static DataListing Of(DataOptions options) => new(
        [.. DataFolders.Search(options).Select(folder => new Place(folder.Path, folder.Origin, Directory.Exists(folder.Path)))],
        [.. DataCatalog.Sources.Select(source => Entry.Of(source, options))]);

    /// <summary>A folder of the search.</summary>
    internal sealed record Place(string Path, string Origin, bool Exists);

    /// <summary>A data set.</summary>
    /// <param name="State"><c>present</c>, <c>absent</c>, <c>built in</c> or <c>your own</c>.</param>
    /// <param name="Folder">Where it was found.</param>
    internal sealed record Entry(string Name, string Usage, string Summary, string State, string? Folder)
    {
        public static Entry Of(DataSource source, DataOptions options)
        {
            string? folder = source.Locate(options)?.Path;
            string state = source.Files.Count > 0 ? folder is null ? "absent" : "present" : source.TakesPath ? "your own" : "built in";
            return new Entry(source.Name, source.Usage, source.Summary, state, folder);
        }
    }
}
