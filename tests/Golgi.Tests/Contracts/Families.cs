namespace Golgi.Tests.Contracts;

/// <summary>The library's families of types, for suites that run over all of one.</summary>
internal static class Families
{
    /// <summary>The names of all public types of the library that are made from one.</summary>
    public static string[] Of<T>() =>
        [.. typeof(T).Assembly.GetExportedTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(T))).Select(type => type.Name).Order()];
}
