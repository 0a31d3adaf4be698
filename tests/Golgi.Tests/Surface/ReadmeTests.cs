using System.CommandLine;
using System.Text.RegularExpressions;
using Golgi.App.Commands;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Surface;

/// <summary>What the README shows is what the tool prints: blocks marked <c>console test</c> are run.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Blocks =>
        [.. Marked().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value.Trim())];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_marked_command_prints_the_lines_that_are_shown(string block)
    {
        using var scratch = new Scratch();
        ToolRun? run = null;
        foreach (string line in block.Split('\n').Select(line => line.TrimEnd()))
        {
            if (line.StartsWith("$ ./golgi", StringComparison.Ordinal))
            {
                string[] args = [.. line["$ ./golgi".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries), "--out", scratch.Folder];
                run = Tool.Call(args);
                Assert.True(run.ExitCode == 0, $"{line}\n{run.Error}");
            }
            else if (line.Length > 0)
            {
                Assert.NotNull(run);
                Assert.Contains(Squeezed(line), run.Output.Split('\n').Select(Squeezed));
            }
        }
    }

    [Fact]
    public void It_marks_at_least_one_block() => Assert.NotEmpty(Blocks);

    [Fact]
    public void Every_command_that_it_names_is_a_command()
    {
        string[] wrong =
        [
            .. Command().Matches(Repository.Read("README.md")).Select(match => match.Groups[1].Value.Trim())
                .Distinct()
                .Where(words => !IsCommand(Root.Create(), words.Split(' '))),
        ];

        Assert.Empty(wrong);
    }

    [Fact]
    public void Links_within_the_repository_lead_somewhere()
    {
        string[] broken =
        [
            .. Directory.EnumerateFiles(Repository.Root, "*.md").Concat(
                Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
                .SelectMany(file => Link().Matches(File.ReadAllText(file)).Select(match => (file, target: match.Groups[1].Value)))
                .Where(link => !link.target.Contains("://", StringComparison.Ordinal))
                .Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.file)!, link.target.Split('#')[0])))
                .Select(link => $"{Path.GetFileName(link.file)}: {link.target}"),
        ];

        Assert.Empty(broken);
    }

    /// <summary>Words are verbs as long as there are verbs to choose from; what follows are arguments.</summary>
    private static bool IsCommand(Command command, ReadOnlySpan<string> words)
    {
        if (command.Subcommands.Count == 0) return true;
        if (words.IsEmpty) return command.Action is not null || command.Subcommands.Count > 0;
        string word = words[0];
        return command.Subcommands.FirstOrDefault(child => child.Name == word) is { } child && IsCommand(child, words[1..]);
    }

    private static string Squeezed(string line) => Blanks().Replace(line, " ").Trim();

    [GeneratedRegex("```console test\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\./golgi((?: [a-z]+)+)(?=[\s`]|$)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\(([^)#\s][^)\s]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
