namespace Golgi.Runs;

/// <summary>Files that are either whole or not there: written beside their place, then renamed.</summary>
public static class AtomicFile
{
    /// <summary>Writes text.</summary>
    /// <param name="path">The file; an existing one is replaced in one step.</param>
    public static void Write(string path, string text) => Write(path, temporary => File.WriteAllText(temporary, text));

    /// <summary>Lets <paramref name="write"/> make a file under a temporary name in the same folder, then renames it.</summary>
    /// <param name="path">The file; an existing one is replaced in one step.</param>
    /// <param name="write">Is given the temporary path.</param>
    public static void Write(string path, Action<string> write)
    {
        string temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
