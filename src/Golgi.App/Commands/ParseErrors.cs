using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Golgi.Foundation;

namespace Golgi.App.Commands;

/// <summary>Says what is wrong with a command line, which names are near, and how the command is used.</summary>
internal static partial class ParseErrors
{
    /// <summary>Writes all errors of a parse.</summary>
    /// <returns><see cref="ExitCode.BadInput"/>.</returns>
    public static int Write(ParseResult parse, TextWriter error)
    {
        foreach (var problem in Distinct(parse)) error.WriteLine($"golgi: {Plain(problem.Message)}");

        string[] near = [.. parse.UnmatchedTokens.SelectMany(token => Near(parse.CommandResult, token)).Distinct()];
        if (near.Length > 0) error.WriteLine($"Nearest: {string.Join(", ", near)}.");
        error.WriteLine($"Usage: {Usage(parse.CommandResult)}. More: {Path(parse.CommandResult)} --help");
        return ExitCode.BadInput;
    }

    /// <summary>An unknown verb also shows as a missing one; the unknown one says it better.</summary>
    private static IEnumerable<ParseError> Distinct(ParseResult parse)
    {
        var problems = parse.Errors.DistinctBy(problem => problem.Message);
        return parse.UnmatchedTokens.Count == 0
            ? problems
            : problems.Where(problem => problem.SymbolResult is not CommandResult || problem.Message.Contains('\''));
    }

    /// <summary>Compared without dashes, which all options have in common.</summary>
    private static IEnumerable<string> Near(CommandResult command, string token)
    {
        string dashes = token.StartsWith('-') ? "--" : "";
        return Nearest.To(token.TrimStart('-'), Names(command, token).Select(name => name.TrimStart('-')), 3).Select(name => dashes + name);
    }

    private static IEnumerable<string> Names(CommandResult command, string token)
    {
        bool option = token.StartsWith('-');
        for (CommandResult? at = command; at is not null; at = at.Parent as CommandResult)
        {
            bool own = at == command;
            foreach (var candidate in at.Command.Options.Where(candidate => option && (own || candidate.Recursive)))
            {
                yield return candidate.Name;
            }

            if (!own || option) continue;
            foreach (var candidate in at.Command.Subcommands) yield return candidate.Name;
        }
    }

    private static string Usage(CommandResult result)
    {
        string arguments = string.Concat(result.Command.Arguments.Where(argument => !argument.Hidden).Select(argument =>
            argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" {argument.Name}"));
        string verb = result.Command.Subcommands.Count > 0
            ? $" {string.Join("|", result.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name))}"
            : "";
        return $"{Path(result)}{verb}{arguments} [options]";
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "golgi";

    /// <summary>Names of .NET types say nothing to a user.</summary>
    private static string Plain(string message) => TypeName().Replace(message, match => match.Groups[1].Value switch
    {
        "Int32" or "Int64" => "a whole number",
        "Double" or "Single" => "a number",
        _ => $"a {match.Groups[1].Value}",
    });

    [GeneratedRegex(@"expected type 'System\.(?:Nullable`1\[System\.)?(\w+)\]?'")]
    private static partial Regex TypeName();
}
