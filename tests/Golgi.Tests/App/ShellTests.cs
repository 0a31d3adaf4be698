using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Commands;
using Xunit;

namespace Golgi.Tests.App;

public sealed class ShellTests
{
    [Theory]
    [InlineData(typeof(ArgumentException), 2)]
    [InlineData(typeof(InvalidDataException), 2)]
    [InlineData(typeof(FileNotFoundException), 2)]
    [InlineData(typeof(UnauthorizedAccessException), 2)]
    [InlineData(typeof(InvalidOperationException), 1)]
    public void What_a_command_throws_decides_the_exit_code(Type exception, int code)
    {
        var (exit, error) = Run(() => throw (Exception)Activator.CreateInstance(exception, "The cause, in words.")!);

        Assert.Equal(code, exit);
        Assert.Equal("golgi: The cause, in words.", error.Trim());
    }

    [Fact]
    public void The_parameter_that_dotnet_names_is_not_shown()
    {
        var (_, error) = Run(() => throw new ArgumentOutOfRangeException("epochs", -3, "epochs is -3; it must be 1 or more."));

        Assert.Equal("golgi: epochs is -3; it must be 1 or more.", error.Trim());
    }

    [Theory]
    [InlineData(true, "continues from there")]
    [InlineData(false, "begins anew")]
    public void Cancelled_work_ends_with_130_and_says_whether_anything_is_kept(bool continues, string told)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        var (exit, error) = Run(() => source.Token.ThrowIfCancellationRequested(), continues, source.Token);

        Assert.Equal(130, exit);
        Assert.Contains(told, error);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        var (exit, _) = Run(() => throw new OperationCanceledException("a time limit"));

        Assert.Equal(1, exit);
    }

    private static (int Exit, string Error) Run(Action work, bool continues = false, CancellationToken cancellation = default)
    {
        var verb = new Fake(work, continues);
        var root = new RootCommand();
        foreach (var option in CommonOptions.All) root.Options.Add(option);
        root.Subcommands.Add(verb);
        using var error = new StringWriter();
        var parse = root.Parse(["fake"]);
        int exit = parse.InvokeAsync(
            new InvocationConfiguration { Error = error, ProcessTerminationTimeout = null }, cancellation).GetAwaiter().GetResult();
        return (exit, error.ToString());
    }

    private sealed class Fake(Action work, bool continues) : Verb("fake", "Does what the test says.")
    {
        public override bool Continues => continues;

        public override int Run(Session session)
        {
            work();
            return ExitCode.Done;
        }
    }
}
