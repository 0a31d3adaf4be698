using System.Globalization;
using Golgi.Data.Archives;
using Golgi.Foundation;

namespace Golgi.Data.Sources;

/// <summary>Picture files and their classes, found in a folder.</summary>
/// <param name="Names">One per class.</param>
/// <param name="Files">In a fixed order.</param>
/// <param name="Root">The folder to which the files' names in an identity are relative.</param>
internal sealed record PictureList(IReadOnlyList<string> Names, IReadOnlyList<(string Path, long Label)> Files, string Root)
{
    private const string TableName = "labels.csv";

    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];
    private static readonly string[] FileColumns = ["file", "filename", "image", "path"];
    private static readonly string[] NameColumns = ["class_name", "class", "label"];

    /// <summary>Whether a folder says in a table which picture is of which class.</summary>
    public static bool HasTable(string folder) => File.Exists(Path.Combine(folder, TableName));

    /// <summary>All pictures below a folder's subfolders, one subfolder per class, in the order of their names.</summary>
    /// <param name="known">The classes that there may be; null: any.</param>
    /// <exception cref="InvalidDataException">There is no subfolder, one without pictures, or an unknown one.</exception>
    public static PictureList OfSubfolders(string folder, IReadOnlyList<string>? known = null)
    {
        var subfolders = Directory.GetDirectories(folder).Select(path => Path.GetFileName(path));
        List<string> names = [.. subfolders.Where(name => name[0] != '.').Order(StringComparer.Ordinal)];
        if (names.Count == 0)
        {
            throw new InvalidDataException(
                $"{folder}: has no subfolders and no {TableName}; pictures must lie in one subfolder per class, or the table must say "
                    + "their classes.");
        }

        if (known is not null && names.FirstOrDefault(name => !known.Contains(name)) is { } stranger)
        {
            throw new InvalidDataException($"{folder}: has a class '{stranger}' that the training pictures have not.");
        }

        List<string> classes = [.. known ?? names];
        var files = new List<(string, long)>();
        foreach (string name in names)
        {
            int before = files.Count;
            files.AddRange(Directory.EnumerateFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories)
                .Where(path => Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))
                .Order(StringComparer.Ordinal)
                .Select(path => (path, (long)classes.IndexOf(name))));
            if (files.Count == before)
            {
                throw new InvalidDataException($"{Path.Combine(folder, name)}: holds no pictures ({string.Join(", ", Endings)}).");
            }
        }

        return new PictureList(classes, files, folder);
    }

    /// <summary>The pictures that a folder's labels.csv lists. They lie beside it, or in the one .tar file there, which is
    /// unpacked into the cache.</summary>
    /// <remarks>Columns: <c>file</c>; the class as a number in <c>class_index</c>, and its name in <c>class_name</c>, or the
    /// name alone, in <c>class_name</c>, <c>class</c> or <c>label</c>.</remarks>
    /// <exception cref="InvalidDataException">The table lacks a column or names a file that is not there.</exception>
    public static PictureList OfTable(
        string folder, string cacheFolder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        string path = Path.Combine(folder, TableName);
        var table = CsvTable.Read(path, null);
        int file = Column(table, FileColumns), name = Column(table, NameColumns), index = Column(table, ["class_index"]);
        if (file < 0 || (name < 0 && index < 0) || table.Rows.Count == 0)
        {
            throw new InvalidDataException(
                $"{path}: has the columns {string.Join(", ", table.Columns)}; it needs 'file', and 'class_index' or 'class_name', and a row.");
        }

        string[] names = Classes(table, name, index, path);
        var places = name < 0 || index >= 0 ? null : names.Select((text, i) => (text, i)).ToDictionary(pair => pair.text, pair => (long)pair.i);
        string root = RootOf(folder, [.. table.Rows.Select(row => row[file])], cacheFolder, progress, cancellation);
        var files = table.Rows.Select(row => (Path.Combine(root, row[file]), places?[row[name]] ?? IndexOf(row[index], path)));
        return new PictureList(names, [.. files], root);
    }

    /// <summary>Names, sizes and times of change: they stand for the pictures' bytes, which may be too many to read.</summary>
    public string Describe() => string.Join('\n', Files.Select(file =>
    {
        var entry = new FileInfo(file.Path);
        string name = Path.GetRelativePath(Root, file.Path).Replace('\\', '/');
        return $"{name} {file.Label} {entry.Length} {entry.LastWriteTimeUtc.Ticks}";
    }));

    private static int Column(CsvTable table, string[] names) =>
        names.Select(name => table.Columns.ToList().IndexOf(name)).FirstOrDefault(at => at >= 0, -1);

    private static string[] Classes(CsvTable table, int name, int index, string path)
    {
        if (index < 0) return [.. table.Rows.Select(row => row[name]).Distinct().Order(StringComparer.Ordinal)];
        string[] names = [.. Enumerable.Range(0, (int)table.Rows.Max(row => IndexOf(row[index], path)) + 1).Select(i => $"class {i}")];
        foreach (string[] row in table.Rows)
        {
            if (name >= 0) names[IndexOf(row[index], path)] = row[name];
        }

        return names;
    }

    private static long IndexOf(string text, string path) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < 1_000_000
            ? index
            : throw new InvalidDataException($"{path}: '{text}' is no class_index; it must be a whole number from 0.");

    private static string RootOf(
        string folder, IReadOnlyList<string> names, string cacheFolder, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        string? absent = names.FirstOrDefault(name => !File.Exists(Path.Combine(folder, name)));
        if (absent is null) return folder;
        string[] archives = Directory.GetFiles(folder, "*.tar*");
        return archives.Length == 1
            ? TarArchive.Unpack(archives[0], names, cacheFolder, progress, cancellation)
            : throw new InvalidDataException($"{Path.Combine(folder, TableName)}: lists '{absent}', which is not in the folder.");
    }
}
