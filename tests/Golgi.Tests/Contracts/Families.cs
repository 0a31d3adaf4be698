namespace Golgi.Tests.Contracts;

/// <summary>The library's families of types, for suites that run over all of one.</summary>
internal static class Families
{
    /// <summary>The names of all classes of the library below one, of which objects can be made, public or not.</summary>
    public static string[] Of<T>() =>
    [
        .. typeof(T).Assembly.GetTypes().Where(type => !type.IsAbstract && !type.IsNested && type.IsAssignableTo(typeof(T)))
            .Select(type => type.Name).Order(),
    ];
}
