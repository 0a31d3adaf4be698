using Golgi.Data.Sources;

namespace Golgi.Data;

/// <summary>The message for data that are not there.</summary>
internal static class Missing
{
    public static FileNotFoundException Files(DataSource source, DataOptions options)
    {
        var looked = DataFolders.Search(options).Select(folder => $"\n  {folder.Path} ({folder.Origin}): {Lacks(source, folder.Path)}");
        return new FileNotFoundException(
            $"The data set '{source.Name}' is not on this machine. Looked in:{string.Concat(looked)}\n" +
            $"Get it with 'golgi data get {source.Name}', or name the folder that holds it with --data-dir or {DataFolders.Variable}.");
    }

    private static string Lacks(DataSource source, string folder)
    {
        if (!Directory.Exists(folder)) return "no such folder";
        string[] absent = [.. source.Files.Select(file => file.Path).Where(path => !File.Exists(Path.Combine(folder, path)))];
        return absent.Length == 0 ? "unreadable" : $"no {string.Join(", ", absent)}";
    }
}
