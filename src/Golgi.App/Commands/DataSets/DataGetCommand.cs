using System.CommandLine;
using Golgi.Data;
using Golgi.Data.Archives;
using Golgi.Data.Sources;
using Golgi.Foundation;
using Spectre.Console;

namespace Golgi.App.Commands.DataSets;

/// <summary><c>golgi data get NAME</c>.</summary>
internal sealed class DataGetCommand : Verb
{
    public DataGetCommand()
        : base(
            "get",
            "Downloads a data set from its public source into --data-dir (otherwise the cache), continues what was interrupted, "
            + "and verifies SHA-256.")
    {
        Arguments.Add(Set);
        Options.Add(Mirror);
    }

    private Argument<string> Set { get; } = new("name") { Description = "mnist, fashion-mnist or cifar10." };

    private Option<string?> Mirror { get; } = new("--mirror")
    {
        Description = "Another address to take the files from: http://host/folder that holds them under their own names. "
            + "They are verified all the same.",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var (source, _) = DataCatalog.Find(session.Value(Set));
        if (source.Files.Count == 0)
        {
            string[] published = [.. DataCatalog.Sources.Where(other => other.Files.Count > 0).Select(other => other.Name)];
            throw new ArgumentException($"'{source.Name}' has no files to download; those that have: {string.Join(", ", published)}.");
        }

        var mirror = session.Value(Mirror) is { } address ? AddressOf(address) : null;
        string folder = session.DataFolder ?? new DataOptions().CacheFolder;
        var fetched = session.Track(progress => Fetch(source, folder, mirror, progress, session.Cancellation));
        session.Print(new DataDownload(source.Name, folder, fetched), Draw);
        return ExitCode.Done;
    }

    private static Uri AddressOf(string mirror) =>
        Uri.TryCreate(mirror.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new ArgumentException($"--mirror is '{mirror}'; it must be an address that starts with http:// or https://.");

    private static List<DataDownload.File> Fetch(
        DataSource source, string folder, Uri? mirror, IProgress<WorkProgress> progress, CancellationToken cancellation)
    {
        using var downloader = new Downloader();
        var fetched = new List<DataDownload.File>();
        foreach (var file in source.Files)
        {
            var from = mirror is null ? file : file with { Source = new Uri(mirror, Path.GetFileName(file.Path)) };
            bool came = downloader.FetchAsync(from, folder, progress, cancellation).GetAwaiter().GetResult();
            fetched.Add(new DataDownload.File(Path.Combine(folder, file.Path), file.Bytes, file.Sha256, came));
        }

        return fetched;
    }

    private static void Draw(DataDownload download, IAnsiConsole console)
    {
        foreach (var file in download.Files)
        {
            console.WriteLine($"{(file.Downloaded ? "downloaded and verified" : "was already there       ")}  {file.Path}");
        }
    }
}
