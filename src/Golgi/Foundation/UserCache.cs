namespace Golgi.Foundation;

/// <summary>Golgi's folder in the platform's cache folder: what is there can be made again.</summary>
public static class UserCache
{
    /// <summary><c>golgi</c> in <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>; <c>~/Library/Caches</c>; <c>%LOCALAPPDATA%</c>. It need not
    /// exist.</summary>
    public static string Folder => Path.Combine(Platform(), "golgi");

    private static string Platform()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows()) return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Caches");
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(cache) ? Path.Combine(home, ".cache") : cache;
    }
}
