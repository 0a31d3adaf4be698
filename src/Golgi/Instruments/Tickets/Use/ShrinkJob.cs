using System.Text.Json.Nodes;
using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Interchange.Onnx;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Numerics.Random;
using Golgi.Training;
using Golgi.Training.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>Removes a network's dead units and channels, writes the smaller network (<c>shrunk.onnx</c> among the run's artifacts), and checks that
/// the written file's outputs agree.</summary>
/// <param name="specimen">The network, with data or without. Borrowed.</param>
public sealed class ShrinkJob(Specimen specimen) : Job<ShrinkResult>
{
    /// <summary>The file's name among the run's artifacts.</summary>
    public const string FileName = "shrunk.onnx";

    private const int Compared = 1000;

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-shrink", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => specimen.Name;

    /// <inheritdoc/>
    public override JsonObject Options => [];

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => SpecimenInputs.Of(specimen);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network cannot be written as ONNX.</exception>
    public override ShrinkResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var shrunk = Shrinker.Shrink(specimen.Network, specimen.InputShape);
        string path = context.Run.ArtifactPath(FileName);
        OnnxExporter.Export(path, shrunk.Network, specimen.InputShape);
        using var written = OnnxImporter.Import(path);
        written.to(specimen.Device);
        double? Accuracy(nn.Module<Tensor, Tensor> network) => specimen.Data is { } data
            ? Evaluator.Evaluate(
                LearningTask.For(data.Test), network, data.Test, specimen.Preprocessing, specimen.Device, cancellation: context.Cancellation).Primary
            : null;
        var (difference, largest) = Difference(written);
        return new ShrinkResult(
            specimen.Name, shrunk.Layers, shrunk.ParametersBefore, shrunk.ParametersAfter, shrunk.NonZeroBefore, difference, largest,
            Accuracy(specimen.Network), Accuracy(written), FileName);
    }

    private (double Difference, double Largest) Difference(nn.Module<Tensor, Tensor> other)
    {
        using var scope = NewDisposeScope();
        using var first = new EvaluationMode(specimen.Network);
        using var second = new EvaluationMode(other);
        var inputs = specimen.Data is { } data
            ? specimen.Preprocessing.Apply(data.Test.Read(arange(Math.Min(Compared, data.Test.Count))))
            : Random();
        double difference = 0, largest = 0;
        foreach (var part in inputs.to(specimen.Device).split(100))
        {
            using var step = NewDisposeScope();
            var expected = specimen.Network.call(part);
            largest = Math.Max(largest, expected.abs().max().item<float>());
            difference = Math.Max(difference, (expected - other.call(part)).abs().max().item<float>());
        }

        return (difference, largest);
    }

    /// <summary>Inputs where there are no data, [N, ...] in [0, 1).</summary>
    private Tensor Random()
    {
        long size = specimen.InputShape.Aggregate(1L, (a, b) => a * b), count = Math.Clamp((1 << 24) / size, 1, Compared);
        float[] numbers = new float[count * size];
        new Philox(0).FillUniform(numbers);
        return tensor(numbers, [count, .. specimen.InputShape]);
    }
}
