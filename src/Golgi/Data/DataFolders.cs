namespace Golgi.Data;

/// <summary>The folders in which data sets are looked for, in order.</summary>
public static class DataFolders
{
    /// <summary>The variable that names a folder of data sets.</summary>
    public const string Variable = "GOLGI_DATA";

    /// <summary>The user's own folder for downloaded and unpacked data: <c>golgi/data</c> in the platform's cache
    /// folder (<c>XDG_CACHE_HOME</c> or <c>~/.cache</c>; <c>~/Library/Caches</c>; <c>%LOCALAPPDATA%</c>).</summary>
    public static string UserCache => Path.Combine(PlatformCache(), "golgi", "data");

    /// <summary>The folder of the options, then <see cref="Variable"/>, then the cache; without those that are not
    /// set.</summary>
    public static IReadOnlyList<DataFolder> Search(DataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var folders = new List<DataFolder>();
        if (!string.IsNullOrEmpty(options.Folder)) folders.Add(new(Path.GetFullPath(options.Folder), "--data-dir"));
        if (!string.IsNullOrEmpty(options.EnvironmentFolder)) folders.Add(new(Path.GetFullPath(options.EnvironmentFolder), Variable));
        folders.Add(new(Path.GetFullPath(options.CacheFolder), "cache"));
        return folders;
    }

    private static string PlatformCache()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Caches");
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(cache) ? Path.Combine(home, ".cache") : cache;
    }
}
