using Golgi.Data;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Interchange.Onnx;
using Golgi.Networks.Layers;
using Golgi.Networks;
using Golgi.Training.Tasks;
using Golgi.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>What can be done with a ticket, or any sparse network: measure it, make it smaller, time it.</summary>
public static class TicketUse
{
    private const int Compared = 1000;

    /// <summary>Accuracy of a ticket's network.</summary>
    /// <param name="ticket">Its file.</param>
    /// <param name="data">The test part is used. Borrowed.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static AppliedTicket Evaluate(string ticket, DataSet data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var network = TicketFile.Open(ticket, out var mask);
        using var kept = mask;
        var found = Evaluator.Evaluate(LearningTask.For(data.Test), network, data.Test, data.Preprocessing, cancellation: cancellation);
        return new AppliedTicket(
            found.Primary, found.Loss, found.Count, kept.Remaining, new FileInfo(ticket).Length, LayerMask.Of(kept), TicketFile.ReadLineage(ticket));
    }

    /// <summary>Removes a network's dead units and channels, writes the smaller network, and checks that the written file's outputs agree.</summary>
    /// <param name="specimen">The network, with data or without. Borrowed.</param>
    /// <param name="path">Where the smaller network goes, an ONNX file.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">The network cannot be written as ONNX.</exception>
    public static ShrinkResult Shrink(Specimen specimen, string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        using var shrunk = Shrinker.Shrink(specimen.Network, specimen.InputShape);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        OnnxExporter.Export(path, shrunk.Network, specimen.InputShape);
        using var written = OnnxImporter.Import(path);
        double? Accuracy(nn.Module<Tensor, Tensor> network) => specimen.Data is { } data
            ? Evaluator.Evaluate(LearningTask.For(data.Test), network, data.Test, specimen.Preprocessing, cancellation: cancellation).Primary
            : null;
        var (difference, largest) = Difference(specimen, written);
        return new ShrinkResult(
            specimen.Name, shrunk.Layers, shrunk.ParametersBefore, shrunk.ParametersAfter, shrunk.NonZeroBefore, difference, largest,
            Accuracy(specimen.Network), Accuracy(written), path);
    }

    /// <summary>Times a network as it is, shrunk, and, where its layers follow each other, with sparse matrices.</summary>
    /// <param name="specimen">The network. Borrowed.</param>
    /// <param name="batches">Sizes of batches.</param>
    /// <param name="cancellation">Stops between measurements.</param>
    /// <returns>Two or three latencies for each size.</returns>
    public static IReadOnlyList<Latency> Time(Specimen specimen, IReadOnlyList<int> batches, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(batches);
        using var shrunk = Shrinker.Shrink(specimen.Network, specimen.InputShape);
        using var sparse = specimen.Network is LayerSequence or Sequential ? LatencyBench.Sparse(specimen.Network) : null;
        var networks = new List<(string, nn.Module<Tensor, Tensor>)> { ("dense", specimen.Network), ("shrunk", shrunk.Network) };
        if (sparse is not null) networks.Add(("sparse", sparse));
        var found = new List<Latency>();
        foreach (int batch in batches)
        {
            using var input = rand([batch, .. specimen.InputShape]);
            found.AddRange(LatencyBench.Measure(networks, input, cancellation: cancellation));
        }

        return found;
    }

    private static (double Difference, double Largest) Difference(Specimen specimen, nn.Module<Tensor, Tensor> other)
    {
        using var scope = NewDisposeScope();
        using var first = new EvaluationMode(specimen.Network);
        using var second = new EvaluationMode(other);
        var inputs = specimen.Data is { } data
            ? specimen.Preprocessing.Apply(data.Test.Read(arange(Math.Min(Compared, data.Test.Count))))
            : rand([Math.Clamp((1 << 24) / specimen.InputShape.Aggregate(1L, (a, b) => a * b), 1, Compared), .. specimen.InputShape]);
        double difference = 0, largest = 0;
        foreach (var part in inputs.split(100))
        {
            using var step = NewDisposeScope();
            var expected = specimen.Network.call(part);
            largest = Math.Max(largest, expected.abs().max().item<float>());
            difference = Math.Max(difference, (expected - other.call(part)).abs().max().item<float>());
        }

        return (difference, largest);
    }
}
