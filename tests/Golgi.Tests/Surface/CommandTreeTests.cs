using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Commands;
using Xunit;

namespace Golgi.Tests.Surface;

public sealed class CommandTreeTests
{
    [Fact]
    public void Every_command_option_and_argument_is_described()
    {
        string[] silent =
        [
            .. Commands(Root.Create(), "golgi").SelectMany(pair => Symbols(pair.Command).Select(symbol => (pair.Path, Symbol: symbol)))
                .Where(pair => string.IsNullOrWhiteSpace(pair.Symbol.Description))
                .Select(pair => $"{pair.Path} {pair.Symbol.Name}"),
        ];

        Assert.Empty(silent);
    }

    [Fact]
    public void A_command_either_runs_or_has_commands_beneath_it()
    {
        string[] idle =
        [
            .. Commands(Root.Create(), "golgi")
                .Where(pair => pair.Command.Action is null && pair.Command.Subcommands.Count == 0)
                .Select(pair => pair.Path),
        ];

        Assert.Empty(idle);
    }

    [Fact]
    public void No_command_hides_a_common_option_behind_its_own()
    {
        string[] common = [.. CommonOptions.All.Select(option => option.Name)];
        string[] hiding =
        [
            .. Commands(Root.Create(), "golgi").Where(pair => pair.Path != "golgi")
                .SelectMany(pair => pair.Command.Options.Select(option => (pair.Path, option.Name)))
                .Where(pair => common.Contains(pair.Name))
                .Select(pair => $"{pair.Path} {pair.Name}"),
        ];

        Assert.Empty(hiding);
    }

    private static IEnumerable<(Command Command, string Path)> Commands(Command command, string path) =>
        command.Subcommands.SelectMany(child => Commands(child, $"{path} {child.Name}")).Prepend((command, path));

    private static IEnumerable<Symbol> Symbols(Command command) =>
        [command, .. command.Options, .. command.Arguments];
}
