using Golgi.Data.Sources;
using Golgi.Foundation;

namespace Golgi.Data;

/// <summary>Opens data sets by name: <c>strokes</c>, <c>mnist</c>, <c>fashion-mnist</c>, <c>cifar10</c>,
/// <c>folder:PATH</c>, <c>csv:PATH#label</c>.</summary>
public static class DataCatalog
{
    /// <summary>All kinds of data sets.</summary>
    public static IReadOnlyList<DataSource> Sources { get; } =
    [
        new StrokesSource(), PublishedSets.Mnist, PublishedSets.FashionMnist, PublishedSets.Cifar10, new FolderSource(), new CsvSource(),
    ];

    /// <summary>Opens a data set.</summary>
    /// <param name="name">As <see cref="DataSource.Usage"/> says.</param>
    /// <param name="options">Where to look and how to divide; null: the defaults.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">There is no set of that name; the message lists the nearest.</exception>
    /// <exception cref="FileNotFoundException">The data are not where they were looked for; the message says where
    /// that was.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public static DataSet Open(
        string name, DataOptions? options = null, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var (source, argument) = Find(name);
        options ??= new DataOptions();
        var data = source.Open(new DataRequest(name, argument, options), progress, cancellation);
        return options.Labels == TrainingLabels.Shuffled ? ShuffledLabels.Of(data) : data;
    }

    /// <summary>The source that a name means, and what follows the name's colon.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the nearest.</exception>
    public static (DataSource Source, string? Argument) Find(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? name : name[..colon];
        Check.Known(kind, Sources.Select(source => source.Name), "data set", nameof(name));
        return (Sources.First(source => source.Name == kind), colon < 0 ? null : name[(colon + 1)..]);
    }
}
