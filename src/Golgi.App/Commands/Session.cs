using System.CommandLine;
using System.Text.Json;
using Golgi.App.Rendering;
using Golgi.Runs;
using Spectre.Console;

namespace Golgi.App.Commands;

/// <summary>One call of one command: its parsed options, where it prints, and its cancellation.</summary>
internal sealed class Session(ParseResult parse, CancellationToken cancellation)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>Results for people, on standard output.</summary>
    public IAnsiConsole Out { get; } = AnsiConsole.Create(new AnsiConsoleSettings());

    /// <summary>Progress and messages, on standard error.</summary>
    public IAnsiConsole Error { get; } =
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public CancellationToken Cancellation => cancellation;

    public long Seed => parse.GetValue(CommonOptions.Seed);

    public bool Json => parse.GetValue(CommonOptions.Json);

    public bool Quiet => parse.GetValue(CommonOptions.Quiet);

    public string OutFolder => parse.GetValue(CommonOptions.Out)!.FullName;

    public string? DataFolder => parse.GetValue(CommonOptions.DataDir)?.FullName;

    public T Value<T>(Option<T> option) => parse.GetValue(option)!;

    public T Value<T>(Argument<T> argument) => parse.GetValue(argument)!;

    /// <summary>True where the user wrote the option, as against its default.</summary>
    public bool Given(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>Prints the result: as JSON with <c>--json</c>, otherwise as <paramref name="render"/> draws it.</summary>
    public void Print<T>(T result, Action<T, IAnsiConsole> render)
    {
        if (Json) Console.Out.WriteLine(JsonSerializer.Serialize(result, Format));
        else render(result, Out);
    }

    /// <summary>Runs long work with a progress bar and a time to go on standard error.</summary>
    public T Track<T>(Func<IProgress<WorkProgress>, T> work) =>
        Quiet || !Error.Profile.Capabilities.Interactive ? work(new Silence()) : ProgressBar.Run(Error, work);

    /// <summary>A line on standard error.</summary>
    public void Say(string text)
    {
        if (!Quiet) Error.WriteLine(text);
    }

    public void Fail(Exception error)
    {
        Error.WriteLine($"golgi: {error.Message}");
        if (Environment.GetEnvironmentVariable("GOLGI_TRACE") == "1") Error.WriteLine(error.ToString());
    }

    private sealed class Silence : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
        }
    }
}
