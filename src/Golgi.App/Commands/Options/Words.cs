using System.Collections;
using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Golgi.App.Commands.Options;

/// <summary>How values are written on the command line: numbers with a point (a comma never means one), names in lower case with hyphens.</summary>
internal static partial class Words
{
    /// <summary>Reads a value.</summary>
    /// <param name="name">The option's name, for messages.</param>
    /// <exception cref="ArgumentException">The words are no such value.</exception>
    public static TValue Read<TValue>(string name, IReadOnlyList<string> words) => (TValue)Read(typeof(TValue), name, words);

    /// <summary>A value as it would be written; null for null, false and empty lists, which nobody writes.</summary>
    public static string[]? Write(object? value) => value switch
    {
        null or false => null,
        string text => [text],
        Enum choice => [Of(choice.ToString())],
        IEnumerable list => list.Cast<object>().SelectMany(item => Write(item) ?? []).ToArray() is { Length: > 0 } all ? all : null,
        IFormattable number => [number.ToString(null, CultureInfo.InvariantCulture)],
        _ => [value.ToString()!],
    };

    /// <summary>The name of a choice: <c>SignedConstant</c> is written signed-constant.</summary>
    public static string Of(string choice) =>
        string.Concat(choice.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    /// <summary>All names of an enumeration, as they are written.</summary>
    public static IReadOnlyList<string> Choices(Type type) => [.. Enum.GetNames(type).Select(Of)];

    /// <summary>A description with the choices of an enumeration.</summary>
    public static string Describe<TValue>(string description)
    {
        var type = Bare(typeof(TValue));
        return type.IsEnum && !Choices(type).All(choice => description.Contains(choice, StringComparison.Ordinal))
            ? $"{description} One of {string.Join(", ", Choices(type))}."
            : description;
    }

    /// <summary>True for values that are lists.</summary>
    public static bool IsList<TValue>() => ElementOf(typeof(TValue)) is not null;

    /// <summary>How many words a value takes.</summary>
    public static ArgumentArity ArityOf<TValue>() =>
        typeof(TValue) == typeof(bool) ? ArgumentArity.Zero : IsList<TValue>() ? ArgumentArity.OneOrMore : ArgumentArity.ExactlyOne;

    /// <summary>What an exception says, by the option's name instead of a property's, and without what .NET adds.</summary>
    public static string About(string option, ArgumentException error)
    {
        string text = Additions().Replace(error.Message, "").TrimEnd();
        if (text.Contains(option, StringComparison.Ordinal)) return text;
        return error.ParamName is { Length: > 0 } name && text.StartsWith(name + " ", StringComparison.Ordinal)
            ? option + text[name.Length..]
            : $"{option}: {text}";
    }

    private static object Read(Type type, string name, IReadOnlyList<string> words)
    {
        if (type == typeof(bool)) return true;
        if (ElementOf(type) is not { } element) return One(Bare(type), name, words[^1]);
        var list = Array.CreateInstance(element, words.Count);
        for (int i = 0; i < words.Count; i++) list.SetValue(One(element, name, words[i]), i);
        return list;
    }

    private static object One(Type type, string name, string word)
    {
        if (type == typeof(string)) return word;
        if (type == typeof(FileInfo)) return new FileInfo(word);
        if (type.IsEnum)
        {
            string[] names = Enum.GetNames(type);
            int at = Array.FindIndex(names, choice => string.Equals(Of(choice), word, StringComparison.OrdinalIgnoreCase));
            return at >= 0 ? Enum.Parse(type, names[at]) : throw Wrong(name, word, string.Join(", ", Choices(type)));
        }

        if (type == typeof(double))
        {
            return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? number
                : throw Wrong(name, word, "a number, with a point before decimals, as in 0.001");
        }

        bool parsed = long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole);
        if (!parsed) throw Wrong(name, word, "a whole number");
        if (type == typeof(long)) return whole;
        return whole is >= int.MinValue and <= int.MaxValue ? (int)whole : throw Wrong(name, word, "a whole number up to 2147483647");
    }

    private static ArgumentException Wrong(string name, string word, string right) => new($"{name} is '{word}'; it must be {right}.");

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static Type? ElementOf(Type type) =>
        type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
        : null;

    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)|\r?\nActual value was [^\n]*")]
    private static partial Regex Additions();
}
