namespace Golgi.Data;

/// <summary>The folders in which data sets are looked for, in order.</summary>
public static class DataFolders
{
    /// <summary>The variable that names a folder of data sets.</summary>
    public const string Variable = "GOLGI_DATA";

    /// <summary>The user's own folder for downloaded and unpacked data: <c>data</c> in <see cref="Foundation.UserCache.Folder"/>.</summary>
    public static string UserCache => Path.Combine(Foundation.UserCache.Folder, "data");

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
}
