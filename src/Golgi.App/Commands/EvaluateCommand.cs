using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.Jobs;
using Spectre.Console;

namespace Golgi.App.Commands;

/// <summary><c>golgi evaluate</c>: measures a network on the test part of a data set.</summary>
internal sealed class EvaluateCommand : Verb
{
    public const string Summary =
        "Measures a network on a data set: accuracy, top-5 accuracy, mean cross-entropy. The test part, unless --part "
        + "says otherwise.";

    private readonly NetworkOptions network = new();
    private readonly KeepOption keep = new();

    public EvaluateCommand()
        : base("evaluate", Summary)
    {
        network.AddTo(this);
        Options.Add(Part);
        keep.AddTo(this);
    }

    public Option<string> Part { get; } = PartOption.Of("Which part of the data set: train, validation or test.");

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        using var job = new EvaluateJob(specimen, PartOption.Read(session.Value(Part)));
        keep.Print(session, job, Draw);
        return ExitCode.Done;
    }

    private static void Draw(EvaluationResult result, IAnsiConsole console) => console.MarkupLine(
        result.Evaluation is { PrimaryMetric.IsShare: true } found
            ? $"[bold]{found.Text}[/] of {found.Count:N0} examples, {found["top5"]:P2} among the first five, cross-entropy {found.Loss:0.0000}"
            : $"[bold]{Markup.Escape(result.Evaluation.ToString())}[/]");
}
