using System.CommandLine;
using Golgi.Opening;
using Spectre.Console;

namespace Golgi.App.Commands.Models;

/// <summary><c>golgi model convert</c>: from one kind of file to another.</summary>
internal sealed class ModelConvertCommand : Verb
{
    public ModelConvertCommand()
        : base("convert", "Writes a network as ONNX, or weights as safetensors or npz.")
    {
        Arguments.Add(From);
        Arguments.Add(To);
        Options.Add(Data);
    }

    public Argument<string> From { get; } = new("FROM") { Description = $"A weight file, or a network: {NetworkReference.Usage}." };

    public Argument<string> To { get; } = new("TO") { Description = "The file to write: .onnx (a network), .safetensors or .npz (weights)." };

    public Option<string?> Data { get; } =
        new("--data") { Description = "The data set that an architecture takes its input's size from. Default: the one of its source." };

    public override int Run(Session session)
    {
        var written = ModelConversion.Write(session.Value(From), session.Value(To), session.SpecimenOptions with { Data = session.Value(Data) });
        session.Print(written, (result, console) => console.WriteLine($"{result.To}: {result.Tensors} tensors, {result.Bytes:N0} bytes"));
        return ExitCode.Done;
    }
}
