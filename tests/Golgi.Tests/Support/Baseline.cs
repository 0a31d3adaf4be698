using Xunit;

namespace Golgi.Tests.Support;

/// <summary>Texts that were looked at and are kept in the repository; GOLGI_ACCEPT=1 writes them anew.</summary>
internal static class Baseline
{
    /// <summary>True where this run writes baselines instead of comparing with them.</summary>
    public static bool Accepts => Environment.GetEnvironmentVariable("GOLGI_ACCEPT") == "1";

    /// <summary>Compares a text with the one that is kept.</summary>
    /// <param name="path">Below the repository's folder.</param>
    public static void Equal(string path, string text)
    {
        string file = Path.Combine(Repository.Root, path);
        if (Accepts)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            return;
        }

        string kept = File.Exists(file) ? File.ReadAllText(file) : "";
        string[] added = [.. text.Split('\n').Except(kept.Split('\n'))], gone = [.. kept.Split('\n').Except(text.Split('\n'))];
        Assert.True(kept == text, $"{path} is not what is kept there. Look at the change, then accept it with GOLGI_ACCEPT=1.\n"
            + string.Concat(added.Take(20).Select(line => $"+ {line}\n")) + string.Concat(gone.Take(20).Select(line => $"- {line}\n")));
    }
}
