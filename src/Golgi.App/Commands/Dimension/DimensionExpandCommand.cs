using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Data;
using Golgi.Instruments.Dimension.Files;
using Golgi.Runs;
using Golgi.Tensors;
using Golgi.Training.Tasks;
using Golgi.Training;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension expand</c>: makes a network from its seed and coordinates.</summary>
internal sealed class DimensionExpandCommand : Verb
{
    public DimensionExpandCommand()
        : base("expand", "Makes the network of a file that 'compress' wrote, checks its weights to the bit, and measures it or writes its weights.")
    {
        Arguments.Add(File);
        Options.Add(Data);
        Options.Add(To);
    }

    public Argument<FileInfo> File { get; } = new("FILE") { Description = "What 'golgi dimension compress' wrote." };

    public Option<string?> Data { get; } = new("--data") { Description = "A data set on whose test part to measure it." };

    public Option<FileInfo?> To { get; } = new("--to") { Description = "Where to write its weights, as safetensors." };

    public override int Run(Session session)
    {
        session.UseThreads(1);
        string path = session.Value(File).FullName;
        if (!System.IO.File.Exists(path)) throw new FileNotFoundException($"There is no file {path}.", path);
        var (description, network) = KilobyteFile.Read(path);
        using (network)
        {
            if (session.Value(To) is { } target) SafeTensors.Write(target.FullName, Checkpoint.StateOf(network));
            var (accuracy, predictions) = Measure(session, description, network);
            session.Print(
                new ExpansionReport(
                    path, new FileInfo(path).Length, description.Model, network.parameters().Sum(p => p.numel()), description.Dimension,
                    description.Projection, description.Seed, description.Code.ToString(), accuracy, predictions, session.Value(To)?.FullName),
                DimensionView.Draw);
        }

        return ExitCode.Done;
    }

    private (double? Accuracy, string? Predictions) Measure(
        Session session, KilobyteNetwork description, TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor> network)
    {
        if (session.Value(Data) is not { } name) return (null, null);
        using var opened = DataCatalog.Open(name, new DataOptions { Folder = session.DataFolder });
        if (!opened.InputShape.SequenceEqual(description.InputShape))
        {
            throw new ArgumentException(
                $"{name} has inputs [{string.Join(", ", opened.InputShape)}]; the network takes [{string.Join(", ", description.InputShape)}].");
        }

        using var data = opened with { Preprocessing = description.Preprocessing, Owned = [] };
        var evaluation = Evaluator.Evaluate(LearningTask.For(data.Test), network, data.Test, data.Preprocessing, cancellation: session.Cancellation);
        return (evaluation.Primary, CompressJob.Predictions(network, data, session.Cancellation));
    }
}
