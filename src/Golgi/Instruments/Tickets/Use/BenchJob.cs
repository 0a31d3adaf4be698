using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Shrinking;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Networks.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Use;

/// <summary>Times a network as it is, shrunk, and, where its layers follow each other, with sparse matrices: two or three latencies for each size of
/// batches. About this machine now, so never answered from a folder.</summary>
public sealed class BenchJob : Job<BenchResult>
{
    private readonly Specimen specimen;
    private readonly IReadOnlyList<int> batches;

    /// <summary>Puts the job together.</summary>
    /// <param name="specimen">The network. Borrowed.</param>
    /// <param name="batches">Sizes of batches.</param>
    /// <exception cref="ArgumentException">There is no size, or one is not above 0.</exception>
    public BenchJob(Specimen specimen, IReadOnlyList<int> batches)
    {
        ArgumentNullException.ThrowIfNull(specimen);
        ArgumentNullException.ThrowIfNull(batches);
        if (batches.Count == 0) throw new ArgumentException("There are no sizes of batches; there must be at least one.", nameof(batches));
        foreach (int batch in batches) Check.Positive(batch, nameof(batches));
        (this.specimen, this.batches) = (specimen, batches);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("tickets-bench", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => specimen.Name;

    /// <inheritdoc/>
    public override JsonObject Options => new() { ["batches"] = new JsonArray([.. batches.Select(batch => JsonValue.Create(batch))]) };

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => SpecimenInputs.Of(specimen);

    /// <inheritdoc/>
    public override bool IsRemembered => false;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The network cannot be written as ONNX, so that it is unknown what is dead.</exception>
    public override BenchResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var shrunk = Shrinker.Shrink(specimen.Network, specimen.InputShape);
        shrunk.Network.to(specimen.Device);
        using var sparse = specimen.Network is LayerSequence or Sequential ? LatencyBench.Sparse(specimen.Network) : null;
        var networks = new List<(string, nn.Module<Tensor, Tensor>)> { ("dense", specimen.Network), ("shrunk", shrunk.Network) };
        if (sparse is not null) networks.Add(("sparse", sparse));
        var found = new List<Latency>();
        foreach (int batch in batches)
        {
            using var input = rand([batch, .. specimen.InputShape], device: specimen.Device);
            found.AddRange(LatencyBench.Measure(networks, input, cancellation: context.Cancellation));
            context.Progress?.Report(new WorkProgress("latencies", found.Count / networks.Count, batches.Count));
        }

        return new BenchResult(specimen.Name, found);
    }
}
