namespace Golgi.Tests.Contracts;

/// <summary>The kinds of a family that the library has.</summary>
internal static class Families
{
    /// <summary>All classes below <typeparamref name="TBase"/> of which objects can be made, public or not, so that none is left out of a
    /// contract's list.</summary>
    public static IEnumerable<Type> Of<TBase>() =>
        typeof(TBase).Assembly.GetTypes().Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(TBase)));
}
