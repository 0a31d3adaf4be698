using Golgi.Data;
using Golgi.Interchange;
using Golgi.Interchange.Onnx;
using Golgi.Runs;
using Golgi.Training;
using static TorchSharp.torch;

namespace Golgi.Tickets;

/// <summary>What can be done with a ticket's file: measure it, make it smaller, time it.</summary>
public static class TicketUse
{
    /// <summary>Accuracy of a ticket's network.</summary>
    /// <param name="ticket">Its file.</param>
    /// <param name="data">The test part is used. Borrowed.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static AppliedTicket Evaluate(string ticket, DataSet data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var network = TicketFile.Open(ticket, out var mask);
        using var kept = mask;
        var found = Evaluator.Evaluate(network, data.Test, data.Preprocessing, cancellation: cancellation);
        return new AppliedTicket(
            found.Accuracy, found.Loss, found.Count, kept.Remaining, new FileInfo(ticket).Length, LayerMask.Of(kept), TicketFile.ReadLineage(ticket));
    }

    /// <summary>Removes a ticket's dead units and checks that the outputs agree.</summary>
    /// <param name="ticket">Its file.</param>
    /// <param name="data">The outputs are compared on its test part. Borrowed.</param>
    /// <param name="path">Where the smaller network's weights go.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="ArgumentException">The network is not a row of layers.</exception>
    public static ShrinkResult Shrink(string ticket, DataSet data, string path, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        using var network = TicketFile.Open(ticket, out var mask);
        using var kept = mask;
        using var shrunk = Shrinking.Shrink(network);
        var before = Evaluator.Evaluate(network, data.Test, data.Preprocessing, cancellation: cancellation);
        var after = Evaluator.Evaluate(shrunk.Network, data.Test, data.Preprocessing, cancellation: cancellation);
        string? model = TicketFile.ReadLineage(ticket).Model is var name && (name.StartsWith("fc-", StringComparison.Ordinal) || name == "lenet-300-100")
            ? $"fc-{LengthOf(data.InputShape)}-{string.Join('-', shrunk.Layers.Select(layer => layer.After))}"
            : null;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase)) OnnxExporter.Export(path, shrunk.Network, data.InputShape);
        else SafeTensors.Write(path, Checkpoint.StateOf(shrunk.Network).Select(entry => (entry.Name, entry.Value)));
        return new ShrinkResult(
            ticket, kept.Remaining, shrunk.Layers, shrunk.ParametersBefore, shrunk.ParametersAfter, shrunk.NonZeroBefore,
            Difference(network, shrunk.Network, data), before.Accuracy, after.Accuracy, model, path);
    }

    /// <summary>Times a ticket's network as it is, shrunk, and with sparse matrices.</summary>
    /// <param name="ticket">Its file.</param>
    /// <param name="batches">Sizes of batches.</param>
    /// <param name="cancellation">Stops between measurements.</param>
    /// <returns>Three latencies for each size.</returns>
    public static IReadOnlyList<Latency> Time(string ticket, IReadOnlyList<int> batches, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(batches);
        using var network = TicketFile.Open(ticket, out var mask);
        using var kept = mask;
        using var shrunk = Shrinking.Shrink(network);
        using var sparse = Bench.Sparse(network);
        var found = new List<Latency>();
        foreach (int batch in batches)
        {
            using var input = rand([batch, .. TicketFile.ReadLineage(ticket).InputShape]);
            found.AddRange(Bench.Measure([("dense", network), ("shrunk", shrunk.Network), ("sparse", sparse)], input, cancellation: cancellation));
        }

        return found;
    }

    private static double Difference(nn.Module<Tensor, Tensor> one, nn.Module<Tensor, Tensor> other, DataSet data)
    {
        using var scope = NewDisposeScope();
        using var first = new EvaluationMode(one);
        using var second = new EvaluationMode(other);
        var inputs = data.Preprocessing.Apply(data.Test.Read(arange(Math.Min(1000, data.Test.Count))));
        return (one.call(inputs) - other.call(inputs)).abs().max().item<float>();
    }

    private static long LengthOf(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, side) => product * side);
}
