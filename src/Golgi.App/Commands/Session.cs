using System.CommandLine;
using System.Text.RegularExpressions;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Opening;
using Spectre.Console;
using TorchSharp;

namespace Golgi.App.Commands;

/// <summary>One call of one command: its parsed options, where it prints, and its cancellation.</summary>
internal sealed partial class Session
{
    private readonly ParseResult parse;
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly Lazy<torch.Device> device;

    public Session(ParseResult parse, CancellationToken cancellation)
    {
        this.parse = parse;
        Cancellation = cancellation;
        output = parse.InvocationConfiguration.Output;
        error = parse.InvocationConfiguration.Error;
        device = new Lazy<torch.Device>(() => Devices.Open(parse.GetValue(CommonOptions.Device)!));
        Out = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        // A file or a pipe has no width; 80 columns would break tables that a terminal shows whole.
        if (!Out.Profile.Out.IsTerminal) Out.Profile.Width = 160;
    }

    /// <summary>Results for people, on standard output.</summary>
    public IAnsiConsole Out { get; }

    /// <summary>Asks the command to finish its step, save and stop; hand it to every long call.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The command's own name, without those above it.</summary>
    public string CommandName => parse.CommandResult.Command.Name;

    /// <summary>Seed of everything random.</summary>
    public long Seed => parse.GetValue(CommonOptions.Seed);

    /// <summary>True where the result goes out as JSON.</summary>
    public bool Json => parse.GetValue(CommonOptions.Json);

    /// <summary>True where standard error stays silent unless something fails.</summary>
    public bool Quiet => parse.GetValue(CommonOptions.Quiet);

    /// <summary>Where runs are found and written, as a full path; it need not exist yet.</summary>
    public string RunsFolder => OutMeansRuns ? OutFolder! : parse.GetValue(CommonOptions.Runs)!.FullName;

    /// <summary>Where a copy of what people look at goes, or null.</summary>
    public string? OutFolder => parse.GetValue(CommonOptions.Out)?.FullName;

    /// <summary>True where <c>--out</c> names the folder of runs, as it did before there was <c>--runs</c>.</summary>
    public bool OutMeansRuns =>
        parse.CommandResult.Command is Verb { OutWasRuns: true } && OutFolder is not null && !Given(CommonOptions.Runs);

    /// <summary>What <c>--data-dir</c> says, or null.</summary>
    public string? DataFolder => parse.GetValue(CommonOptions.DataDir)?.FullName;

    /// <summary>What <c>--threads</c> says, or null; see <see cref="UseThreads"/>.</summary>
    public int? Threads => parse.GetValue(CommonOptions.Threads);

    /// <summary>Where tensors live; checked when first asked for, which loads libtorch.</summary>
    /// <exception cref="ArgumentException">This libtorch has no such device.</exception>
    public torch.Device Device => device.Value;

    /// <summary>Where jobs are run.</summary>
    public Workspace Workspace => new(RunsFolder) { DataFolder = DataFolder, Notice = text => Say($"golgi: {text}") };

    /// <summary>How networks are opened, but for what a command's own options say.</summary>
    public SpecimenOptions SpecimenOptions => new() { RunsFolder = RunsFolder, DataFolder = DataFolder, Device = Device, Seed = Seed };

    /// <summary>The words that the user wrote for an option.</summary>
    public IReadOnlyList<string> Words(Option option) => [.. parse.GetResult(option)!.Tokens.Select(token => token.Value)];

    /// <summary>Says so where the user named a device and nothing asked for it.</summary>
    public void SayWhatHadNoEffect()
    {
        if (Given(CommonOptions.Device) && !device.IsValueCreated) Say("golgi: --device has no effect on this command; it runs on the CPU.");
    }

    /// <summary>The value of an option.</summary>
    public T Value<T>(Option<T> option) => parse.GetValue(option)!;

    /// <summary>The value of an argument.</summary>
    public T Value<T>(Argument<T> argument) => parse.GetValue(argument)!;

    /// <summary>True where the user wrote the option, as against its default.</summary>
    public bool Given(Option option) => parse.GetResult(option) is { Implicit: false };

    /// <summary>Sets the threads of tensor operations: what the user said, otherwise what the command holds for best.</summary>
    /// <returns>The number that is set.</returns>
    public int UseThreads(int byDefault)
    {
        int threads = Threads ?? byDefault;
        torch.set_num_threads(threads);
        return threads;
    }

    /// <summary>Runs a job in the folder of runs and shows how far it has come.</summary>
    public Completed<T> Run<T>(Job<T> job, Workspace? workspace = null)
        where T : class => Track(progress => (workspace ?? Workspace).Run(job, progress, Cancellation));

    /// <summary>Prints the result of a job: as JSON with <c>--json</c>, with the run's folder, otherwise as <paramref name="render"/> draws it. A
    /// copy of its artifacts goes where <c>--out</c> says.</summary>
    public void Print<T>(Completed<T> done, Action<T, IAnsiConsole> render)
        where T : class
    {
        if (done.Folder is not null && OutFolder is { } copy && !OutMeansRuns) Folders.Copy(done.Artifacts, copy);
        if (Json)
        {
            var result = RunJson.Describe(done.Result);
            result["run"] = done.Folder;
            output.WriteLine(result.ToJsonString(RunJson.Format));
            return;
        }

        render(done.Result, Out);
        if (done.Folder is not null) Out.WriteLine($"{(done.Remembered ? "known from" : "kept in")} {Path.GetRelativePath(".", done.Folder)}");
    }

    /// <summary>Prints a result: as JSON with <c>--json</c>, otherwise as <paramref name="render"/> draws it.</summary>
    public void Print<T>(T result, Action<T, IAnsiConsole> render)
        where T : class
    {
        if (Json) output.WriteLine(RunJson.Describe(result).ToJsonString(RunJson.Format));
        else render(result, Out);
    }

    /// <summary>Runs long work, on this thread, and shows on standard error how far it has come: as a bar on a terminal,
    /// otherwise as a line every ten seconds.</summary>
    public T Track<T>(Func<IProgress<WorkProgress>, T> work)
    {
        if (Quiet) return work(new ProgressLines(TextWriter.Null, TimeProvider.System));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        return console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal
            ? ProgressBar.Run(console, work)
            : work(new ProgressLines(error, TimeProvider.System));
    }

    /// <inheritdoc cref="Track{T}"/>
    public void Track(Action<IProgress<WorkProgress>> work) => Track(progress =>
    {
        work(progress);
        return true;
    });

    /// <summary>A line on standard error, unless <c>--quiet</c>.</summary>
    public void Say(string text)
    {
        if (!Quiet) error.WriteLine(text);
    }

    /// <summary>Says on standard error what went wrong; with GOLGI_TRACE=1 also where.</summary>
    public void Fail(Exception failure)
    {
        error.WriteLine($"golgi: {Additions().Replace(failure.Message, "").TrimEnd()}");
        if (Environment.GetEnvironmentVariable("GOLGI_TRACE") == "1") error.WriteLine(failure.ToString());
    }

    /// <summary>What .NET adds to an argument's message, naming a parameter that the user did not, and libtorch to its own: the stack in
    /// C++.</summary>
    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)|\r?\nActual value was [^\n]*|\r?\nException raised from [\s\S]*")]
    private static partial Regex Additions();
}
