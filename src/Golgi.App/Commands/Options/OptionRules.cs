using System.CommandLine;

namespace Golgi.App.Commands.Options;

/// <summary>Options that say more about others: given without them they would be ignored in silence, so they are refused.</summary>
internal static class OptionRules
{
    /// <summary>Refuses an option unless one of others is given too.</summary>
    public static void OnlyWith(this Option option, params Option[] others) => option.Validators.Add(result =>
    {
        if (result.Implicit || others.Any(other => result.GetResult(other) is { Implicit: false })) return;
        result.AddError($"{option.Name} says more about {Names(others)}, which is not given; by itself it does nothing.");
    });

    /// <summary>Refuses an option unless another has one of some values.</summary>
    public static void OnlyFor(this Option option, Option other, params string[] values) => option.Validators.Add(result =>
    {
        string chosen = (other, result.GetResult(other)) switch
        {
            (Option<string> single, _) => result.GetValue(single)!,
            (Option<string[]> words, _) => result.GetValue(words)![0],
            _ => throw new InvalidOperationException($"{other.Name} is no option of words."),
        };
        if (result.Implicit || values.Contains(chosen)) return;
        result.AddError($"{option.Name} is about {other.Name} {string.Join(" or ", values)}; with {other.Name} {chosen} it does nothing.");
    });

    /// <summary>Refuses two options together.</summary>
    public static void NotWith(this Option option, Option other) => option.Validators.Add(result =>
    {
        if (result.Implicit || result.GetResult(other) is not { Implicit: false }) return;
        result.AddError($"{option.Name} and {other.Name} exclude each other. Give one of both.");
    });

    private static string Names(IEnumerable<Option> options) => string.Join(" or ", options.Select(option => option.Name));
}
