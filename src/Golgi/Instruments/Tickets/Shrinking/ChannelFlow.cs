using Golgi.Interchange.Onnx;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Follows channels through a network's graph and makes the graph without those that do nothing.</summary>
/// <remarks>Two passes: forwards, which channels are the same for every input; backwards, which are read by anything that varies. A channel
/// goes where nothing needs it, in all values that are added to each other alike. Constants that go are folded into biases.</remarks>
internal sealed class ChannelFlow
{
    private readonly OnnxModel model;
    private readonly Dictionary<string, Tensor> constants;
    private readonly Dictionary<string, Channels> values = [];
    private readonly List<(OnnxNode Node, ChannelRule Rule, Channels? Output)> steps = [];
    private readonly OnnxGraph result = new();

    public ChannelFlow(OnnxModel model)
    {
        this.model = model;
        constants = model.Graph.Initializers.ToDictionary(initializer => initializer.Name, initializer => initializer.ToTensor());
        result.Name = model.Graph.Name;
        result.Inputs.AddRange(model.Graph.FreeInputs);
        result.Outputs.AddRange(model.Graph.Outputs);
    }

    /// <summary>Which channels stay or go together.</summary>
    public ChannelClasses Classes { get; } = new();

    /// <summary>The channels of a value; null where they cannot be followed.</summary>
    public Channels? Of(string value) => values.GetValueOrDefault(value);

    /// <summary>A stored tensor; null where a value is computed.</summary>
    public Tensor? Constant(string value) => constants.GetValueOrDefault(value);

    /// <summary>The smaller graph.</summary>
    /// <param name="layers">Outputs of every matrix and convolution, before and after.</param>
    public OnnxModel Shrink(out IReadOnlyList<ShrunkLayer> layers)
    {
        Forward();
        Backward();
        Decide();
        foreach (var (node, rule, output) in steps) result.Nodes.Add(rule.Rewrite(node, output, this));
        StoreTheRest();
        layers =
        [
            .. steps.Where(step => step.Rule is MixingRule).Select(step => new ShrunkLayer(
                NameOf(step.Node), step.Output!.Count, Classes.Staying(step.Output.Ids).Length)),
        ];
        var smaller = new OnnxModel { IrVersion = model.IrVersion, Producer = "Golgi", Graph = result };
        foreach (var (domain, version) in model.Opsets) smaller.Opsets[domain] = version;
        return smaller;
    }

    /// <summary>What an operation on single channels makes of constants, [1, channels].</summary>
    /// <param name="data">Which input they are.</param>
    /// <param name="parameter">The other operand of an arithmetic operation.</param>
    public Tensor Compute(OnnxNode node, int data, Tensor value, Tensor? parameter)
    {
        var kernel = OperatorTable.Of(node)(new NodeSettings(
            node, model.Opsets.GetValueOrDefault("", 1), Constant, _ =>
                throw new InvalidOperationException("An operation on channels has no graphs.")));
        Tensor?[] inputs = [.. node.Inputs.Select((input, i) => i == data ? value : parameter ?? Constant(input))];
        return kernel(inputs, false)[0]!;
    }

    /// <summary>Stores a tensor in the smaller graph under a name of its own.</summary>
    /// <returns>The name.</returns>
    public string Store(string name, Tensor value)
    {
        string free = name;
        for (int i = 2; result.Initializers.Any(stored => stored.Name == free); i++) free = $"{name}_{i}";
        result.Initializers.Add(OnnxTensor.From(free, value));
        return free;
    }

    /// <summary>A copy of a node with other inputs at some places.</summary>
    public static OnnxNode With(OnnxNode node, params (int Index, string Name)[] inputs)
    {
        var copy = new OnnxNode { Name = node.Name, Operator = node.Operator, Domain = node.Domain };
        copy.Inputs.AddRange(node.Inputs);
        copy.Outputs.AddRange(node.Outputs);
        foreach (var (key, value) in node.Attributes) copy.Attributes[key] = value;
        foreach (var (index, name) in inputs)
        {
            if (index == copy.Inputs.Count) copy.Inputs.Add(name);
            else copy.Inputs[index] = name;
        }

        return copy;
    }

    private static string NameOf(OnnxNode node) =>
        node.Inputs[1].EndsWith(".weight", StringComparison.Ordinal) ? node.Inputs[1][..^7] : node.Inputs[1];

    private void Forward()
    {
        foreach (var input in model.Graph.FreeInputs)
        {
            if (input.Shape is not { Count: > 1 } shape || shape[1] < 1) continue;
            values[input.Name] = new Channels(Classes.Add(shape[1]), full(shape[1], double.NaN, ScalarType.Float32), shape.Count);
        }

        foreach (var node in model.Graph.Nodes)
        {
            var rule = ChannelRule.Of(node, this);
            var output = rule.Forward(node, this);
            if (output is not null) values[node.Outputs[0]] = output;
            steps.Add((node, rule, output));
        }
    }

    private void Backward()
    {
        foreach (var end in model.Graph.FreeInputs.Concat(model.Graph.Outputs)) Of(end.Name)?.Needed.AsSpan().Fill(true);
        foreach (var (node, rule, output) in Enumerable.Reverse(steps)) rule.Backward(node, output, this);
    }

    private void Decide()
    {
        foreach (var channels in values.Values)
        {
            for (int i = 0; i < channels.Count; i++)
            {
                if (channels.Needed[i]) Classes.Keep(channels.Ids[i]);
            }
        }

        // An empty tensor is no network: one channel of each value stays.
        foreach (var channels in values.Values.Where(channels => Classes.Staying(channels.Ids).Length == 0)) Classes.Keep(channels.Ids[0]);
    }

    private void StoreTheRest()
    {
        var stored = result.Initializers.Select(initializer => initializer.Name).ToHashSet();
        var read = result.Nodes.SelectMany(node => node.Inputs).Concat(result.Outputs.Select(output => output.Name)).ToHashSet();
        result.Initializers.AddRange(
            model.Graph.Initializers.Where(initializer => read.Contains(initializer.Name) && !stored.Contains(initializer.Name)));
    }
}
