namespace Golgi.App.Commands;

/// <summary>Copies what people look at.</summary>
internal static class Folders
{
    /// <summary>Copies the files of a folder, with those below it, into another; files of the same names are replaced.</summary>
    public static void Copy(string from, string to)
    {
        if (File.Exists(to)) throw new IOException($"--out is '{to}', which is a file; it must name a folder.");
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
