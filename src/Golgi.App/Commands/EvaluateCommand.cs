using System.CommandLine;
using Golgi.Data;
using Golgi.Networks;
using Golgi.Opening;
using Golgi.Training;
using Spectre.Console;

namespace Golgi.App.Commands;

/// <summary><c>golgi evaluate</c>: measures a network on the test part of a data set.</summary>
internal sealed class EvaluateCommand : Verb
{
    public EvaluateCommand()
        : base(
            "evaluate", "Measures a network on a data set: accuracy, top-5 accuracy, mean cross-entropy. The test part, unless --part "
                + "says otherwise.")
    {
        Arguments.Add(Network);
        Options.Add(Data);
        Options.Add(Part);
        Options.Add(Checkpoint);
        Options.Add(Preprocess);
        Options.Add(Mean);
        Options.Add(Std);
    }

    public Argument<string> Network { get; } = new("NETWORK") { Description = $"The network: {SpecimenSource.Usage}." };

    public Option<string?> Data { get; } = new("--data") { Description = "Data set. Default: the one that the run was trained on." };

    public Option<string> Part { get; } = new Option<string>("--part")
    {
        Description = "Which part of the data set: train, validation or test.",
        DefaultValueFactory = _ => "test",
    }.AcceptOnlyFromAmong("train", "validation", "test");

    public Option<string> Checkpoint { get; } = new("--checkpoint")
    {
        Description = "Which of the run's checkpoints: final, best, step-00001000.",
        DefaultValueFactory = _ => "final",
    };

    public Option<string?> Preprocess { get; } = new("--preprocess")
    {
        Description = $"How images are prepared for a model file: {string.Join(", ", PreprocessingPresets.Names)}. Default: as the data set is.",
    };

    public Option<string?> Mean { get; } = new("--mean") { Description = "Mean per channel of pixels in [0, 1], such as 0.485,0.456,0.406." };

    public Option<string?> Std { get; } = new("--std") { Description = "Standard deviation per channel of pixels in [0, 1]." };

    public override int Run(Session session)
    {
        using var specimen = SpecimenSource.Open(session.Value(Network), new SpecimenOptions
        {
            RunsFolder = session.OutFolder,
            Data = session.Value(Data),
            DataFolder = session.DataFolder,
            Checkpoint = session.Value(Checkpoint),
            Device = session.Device,
            Preprocessing = PreprocessingChoice.Of(session.Value(Preprocess), session.Value(Mean), session.Value(Std)),
        });
        var data = specimen.Data ?? throw new ArgumentException("There are no data to evaluate on. Name a data set with --data.");
        var part = session.Value(Part) switch { "train" => data.Train, "validation" => data.Validation, _ => data.Test };
        var found = Evaluator.Evaluate(
            specimen.Network, part, specimen.Preprocessing, session.Device, Batch(specimen), session.Cancellation);
        session.Print(new Printed(found.Accuracy, found.Top5Accuracy, found.Loss, found.Count, specimen.Name, data.Name, session.Value(Part)), Draw);
        return ExitCode.Done;
    }

    // Large images in small batches: a network's activations take many times an input's memory.
    private static int Batch(Specimen specimen) =>
        (int)Math.Clamp((1 << 22) / Math.Max(1, specimen.InputShape.Aggregate(1L, (a, b) => a * Math.Max(1, b))), 1, 500);

    private static void Draw(Printed result, IAnsiConsole console) => console.MarkupLine(
        $"[bold]{result.Accuracy:P2}[/] of {result.N:N0} examples, {result.Top5:P2} among the first five, cross-entropy {result.Loss:0.0000}");

    private sealed record Printed(double Accuracy, double Top5, double Loss, long N, string Network, string Data, string Part);
}
