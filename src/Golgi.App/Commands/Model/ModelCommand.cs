using System.CommandLine;

namespace Golgi.App.Commands.Model;

/// <summary><c>golgi model</c>: network files of other tools.</summary>
internal sealed class ModelCommand : Command
{
    public ModelCommand()
        : base("model", "Network files of other tools: ONNX, safetensors, PyTorch state dicts, Caffe. Look at them, convert them, match their weights.")
    {
        Subcommands.Add(new ModelConformanceCommand());
    }
}
