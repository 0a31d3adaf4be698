using Golgi.Data;
using Golgi.Foundation;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.Networks;

/// <summary>What every instrument receives: a network, what goes in and how it is prepared, what comes out and what it is called, and
/// the data it is looked at with.</summary>
/// <remarks>Owns the network and the data set.</remarks>
public sealed class Specimen : IDisposable
{
    /// <summary>Puts a specimen together; takes ownership of the network and the data.</summary>
    /// <param name="name">What reports call it.</param>
    /// <param name="network">Any module from a batch of inputs [N, ...] to outputs [N, ...].</param>
    /// <param name="inputShape">The shape of one input, without the batch: [C, H, W] or [F].</param>
    /// <param name="preprocessing">From raw values to what the network expects.</param>
    /// <param name="classNames">One per class or value; may be empty.</param>
    /// <param name="data">The data it is looked at with; null if there are none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size of the input is not above 0.</exception>
    public Specimen(
        string name,
        nn.Module<Tensor, Tensor> network,
        IReadOnlyList<long> inputShape,
        Preprocessing preprocessing,
        IReadOnlyList<string> classNames,
        DataSet? data = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(preprocessing);
        ArgumentNullException.ThrowIfNull(classNames);
        foreach (long side in inputShape) Check.Positive(side, nameof(inputShape));
        Name = name;
        Network = network;
        InputShape = inputShape;
        Preprocessing = preprocessing;
        ClassNames = classNames;
        Data = data;
        Outputs = data?.Outputs ?? OutputKind.Classes;
        FeatureNames = data?.FeatureNames ?? [];
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>The network. Owned by this object.</summary>
    public nn.Module<Tensor, Tensor> Network { get; }

    /// <summary>The shape of one input: [C, H, W] or [F].</summary>
    public IReadOnlyList<long> InputShape { get; }

    /// <summary>From raw values to what the network expects.</summary>
    public Preprocessing Preprocessing { get; }

    /// <summary>One name for each number of an input [F]; empty where they have none.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>What comes out. Default: what the data have as targets, classes where there are no data.</summary>
    public OutputKind Outputs { get; init; }

    /// <summary>One name per class or value; empty where they have none.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The data that the network is looked at with, or null. Owned by this object.</summary>
    public DataSet? Data { get; }

    /// <summary>Where the network's weights are; the CPU for a network without any.</summary>
    public Device Device => Network.parameters().FirstOrDefault()?.device ?? CPU;

    /// <summary>The dotted names of all layers that give a tensor, in the order of registration; modules that only hold others are none.</summary>
    public IReadOnlyList<string> LayerNames =>
        [.. ModuleTree.Walk(Network).Where(layer => LayerHook.Fits(layer.Module)).Select(layer => layer.Name)];

    /// <summary>A layer by its dotted name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists the nearest.</exception>
    public nn.Module Layer(string name) => LayerHook.Find(Network, name);

    /// <summary>Refuses networks whose outputs are no classes.</summary>
    /// <param name="wish">What needs them, as a user would say it: <c>A confusion matrix</c>.</param>
    /// <exception cref="ArgumentException">They are something else; the message says what.</exception>
    public void RequireClasses(string wish)
    {
        if (Outputs == OutputKind.Classes) return;
        string given = Outputs switch
        {
            OutputKind.Values => "numbers",
            OutputKind.Picture => "a picture",
            _ => "one log-odds",
        };
        throw new ArgumentException($"{wish} needs a network that gives scores of classes; {Name} gives {given}.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        Data?.Dispose();
    }
}
