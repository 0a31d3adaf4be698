using System.CommandLine;
using Golgi.Interchange.Onnx;
using Spectre.Console;

namespace Golgi.App.Commands.Models;

/// <summary><c>golgi model conformance</c>: ONNX's own test cases.</summary>
internal sealed class ModelConformanceCommand : Verb
{
    public ModelConformanceCommand()
        : base("conformance", "Runs a folder of ONNX backend test cases and says which pass, fail, or ask for what Golgi does not compute.") =>
        Arguments.Add(Folder);

    public Argument<string> Folder { get; } = new("DIR")
    {
        Description = "A folder of test_*/model.onnx with test_data_set_*/input_*.pb and output_*.pb (onnx.backend.test.cmd_tools writes them).",
    };

    public override int Run(Session session)
    {
        var result = session.Track(progress => Conformance.Run(session.Value(Folder), progress, session.Cancellation));
        session.Print(result, Draw);
        return ExitCode.Done;
    }

    private static void Draw(ConformanceResult result, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{result.Passed}[/] passed, {result.Failed.Count} failed, {result.Unsupported.Count} unsupported");
        foreach (string name in result.Failed.Concat(result.Unsupported)) console.WriteLine($"{name}: {result.Reasons[name]}");
    }
}
