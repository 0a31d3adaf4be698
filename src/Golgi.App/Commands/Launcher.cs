using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Golgi.App.Commands;

/// <summary>From arguments to exit code: parses, reports what does not parse, runs the command.</summary>
internal static partial class Launcher
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">As the shell passed them, without the program's name.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where progress and messages go.</param>
    /// <param name="cancellation">Asks the command to finish its step, save and stop.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        string[] line = args.Length == 0 ? ["--help"] : args;
        var parse = Root.Create(line).Parse(line);
        if (parse.Action is ParseErrorAction) return ParseErrors.Write(parse, error);

        var configuration = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            ProcessTerminationTimeout = null, // see Interruption: long work needs time to save a checkpoint
            EnableDefaultExceptionHandler = false,
        };
        if (parse.Action is HelpAction) return Help(parse, configuration);
        return parse.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
    }

    // The library's usage line names the arguments of the commands above too ('golgi see <NETWORK> facets <NETWORK>'), and choices are
    // written as the code has them.
    private static int Help(ParseResult parse, InvocationConfiguration configuration)
    {
        var output = configuration.Output;
        using var text = new StringWriter();
        configuration.Output = text;
        int code = parse.Invoke(configuration);
        string help = text.ToString();
        for (var above = parse.CommandResult.Parent as CommandResult; above is not null; above = above.Parent as CommandResult)
        {
            string name = above.Command.Name;
            foreach (var argument in above.Command.Arguments) help = help.Replace($"{name} <{argument.Name}> ", $"{name} ", StringComparison.Ordinal);
        }

        output.Write(Choices().Replace(help, choice => choice.Value.ToLowerInvariant()));
        return code;
    }

    [GeneratedRegex(@"<[A-Z][a-z]+(\|[A-Z][a-z]+)+>|\[default: [A-Z][a-z]+\]")]
    private static partial Regex Choices();
}
