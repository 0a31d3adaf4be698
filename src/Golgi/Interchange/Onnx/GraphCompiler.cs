using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>Turns a graph into a plan: checks it, folds what is known, and makes a layer of every node that computes with data.</summary>
internal sealed class GraphCompiler
{
    // Results that are folded may be larger than the file, but not absurdly so.
    private const long MostFolded = 1L << 26;

    // Operators whose result, from weights alone, is a weight in another shape.
    private static readonly HashSet<string> Reshaping =
        ["Reshape", "Transpose", "Squeeze", "Unsqueeze", "Flatten", "Identity", "Cast"];

    private readonly OnnxGraph graph;
    private readonly long opset;
    private readonly Func<string, Tensor?> outer;
    private readonly bool layers;
    private readonly LayerNames names = new();
    private readonly Dictionary<string, Constant> constants = [];
    private readonly Dictionary<string, int> slots = [];
    private readonly ValueFacts facts;
    private readonly List<Step> steps = [];
    private readonly List<Tensor> scrap = [];

    private GraphCompiler(OnnxGraph graph, long opset, Func<string, Tensor?> outer, bool layers)
    {
        this.graph = graph;
        this.opset = opset;
        this.outer = outer;
        this.layers = layers;
        facts = new ValueFacts(KnownValue);
    }

    /// <summary>The layers with their names, in order of execution.</summary>
    public List<(string Name, nn.Module<Tensor, Tensor> Layer)> Layers { get; } = [];

    /// <summary>Compiles a model's main graph.</summary>
    /// <exception cref="InvalidDataException">The graph is damaged, or asks for what Golgi does not do.</exception>
    public static (Plan Plan, List<(string Name, nn.Module<Tensor, Tensor> Layer)> Layers) Compile(OnnxModel model)
    {
        var compiler = new GraphCompiler(model.Graph, model.Opsets.GetValueOrDefault("", 1), _ => null, layers: true);
        string[] inputs = [.. model.Graph.FreeInputs.Select(input => input.Name)];
        return (compiler.Build(inputs, []), compiler.Layers);
    }

    private Plan Build(string[] inputs, string[] captured)
    {
        foreach (var value in graph.Inputs.Concat(graph.Values)) facts.Note(value);
        ReadInitializers();
        if (graph.Inputs.GroupBy(input => input.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"Input '{twice.Key}' is there twice.");
        }

        var known = inputs.Concat(captured).Concat(constants.Keys).ToHashSet();
        foreach (var node in graph.Nodes.Where(node => node.Attributes.Values.Any(attribute => attribute.Graph is not null))) Capture(node);
        foreach (string input in inputs.Concat(captured)) Slot(input);
        try
        {
            foreach (var node in GraphOrder.Of(graph, known)) Add(node);
            return Finish(inputs, captured);
        }
        finally
        {
            foreach (var tensor in scrap) tensor.Dispose();
        }
    }

    private void ReadInitializers()
    {
        var read = graph.Nodes.SelectMany(node => node.Inputs.Concat(GraphOrder.Captured(node)))
            .Concat(graph.Outputs.Select(output => output.Name)).ToHashSet();
        foreach (var initializer in graph.Initializers)
        {
            if (!read.Contains(initializer.Name)) continue;
            if (constants.ContainsKey(initializer.Name)) throw new InvalidDataException($"Initializer '{initializer.Name}' is there twice.");
            var value = initializer.ToTensor().DetachFromDisposeScope();
            constants[initializer.Name] = new Constant(initializer.Name, value, value.is_floating_point());
        }
    }

    private static void Capture(OnnxNode node)
    {
        if (node.Captured > 0) return;
        string[] names = [.. GraphOrder.Captured(node)];
        node.Inputs.AddRange(names);
        node.Captured = names.Length;
    }

    private void Add(OnnxNode node)
    {
        var settings = new NodeSettings(node, opset, KnownValue, inner => Inner(node, inner));
        Kernel kernel;
        try
        {
            kernel = OperatorTable.Of(node)(settings);
            if (TryFold(node, settings, kernel)) return;
            facts.NoteResults(node);
            steps.Add(layers && !facts.IsReckoning(node) ? LayerStep(node, settings, kernel) : PlainStep(node, kernel));
        }
        catch (NotSupportedException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
        catch (Exception error) when (error is System.Runtime.InteropServices.ExternalException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"Node {node.Label} cannot be prepared: {error.Message.Split('\n')[0]}", error);
        }
    }

    private Tensor? KnownValue(string name) => constants.TryGetValue(name, out var constant) ? constant.Value : outer(name);

    private bool TryFold(OnnxNode node, NodeSettings settings, Kernel kernel)
    {
        if (node.Operator is "If" or "Loop" || node.Inputs.Any(input => input.Length > 0 && !constants.ContainsKey(input))) return false;
        Constant?[] inputs = [.. node.Inputs.Select(input => input.Length > 0 ? constants[input] : null)];
        if (node.Operator == "Identity")
        {
            constants[node.Outputs[0]] = inputs[0]!;
            return true;
        }

        bool weight = Reshaping.Contains(node.Operator) && inputs is [{ IsWeight: true }, ..];
        settings.MostElements = MostFolded;
        using var scope = NewDisposeScope();
        using var still = no_grad();
        var results = kernel([.. inputs.Select(input => input?.Value)], false);
        settings.MostElements = NodeSettings.Most;
        for (int i = 0; i < node.Outputs.Count && i < results.Length; i++)
        {
            if (node.Outputs[i].Length == 0 || results[i] is not { } result) continue;

            // A view of a weight must not keep the weight's memory shared once both are trained.
            var own = (result.is_contiguous() && node.Operator != "Constant" ? result.clone() : result.contiguous()).DetachFromDisposeScope();
            if (!own.is_floating_point()) facts.NoteInteger(node.Outputs[i]);
            constants[node.Outputs[i]] = new Constant(node.Outputs[i], own, weight && own.is_floating_point());
        }

        return true;
    }

    private Step PlainStep(OnnxNode node, Kernel kernel) => new()
    {
        Node = node,
        Kernel = kernel,
        Inputs = [.. node.Inputs.Select(InputSlot)],
        Outputs = [.. node.Outputs.Select(OutputSlot)],
    };

    private Step LayerStep(OnnxNode node, NodeSettings settings, Kernel kernel)
    {
        int[] data = [.. Enumerable.Range(0, node.Inputs.Count).Where(i => node.Inputs[i].Length > 0 && !constants.ContainsKey(node.Inputs[i]))];
        bool single = data.Length == 1 && node.Outputs.Count(output => output.Length > 0) == 1 && node.Captured == 0 && node.Outputs[0].Length > 0;
        string? weightName =
            node.Inputs.Skip(1).FirstOrDefault(input => constants.TryGetValue(input, out var known) && known.IsWeight && !known.IsOwned);
        string name = names.For(node, weightName is not null && LayerWeights.Trainable(node, 1) is not null ? constants[weightName].Name : null);
        Constant? At(int index) => index < node.Inputs.Count && constants.TryGetValue(node.Inputs[index], out var found) ? found : null;

        int? rank = facts.RankOf(node.Inputs.FirstOrDefault() ?? "");
        if (single && data[0] == 0 && LayerFactory.Create(settings, At, rank) is var (module, weights))
        {
            Layers.Add((name, module));
            return new Step
            {
                Node = node,
                Kernel = kernel,
                Inputs = [.. node.Inputs.Select((input, i) => i == 0 ? InputSlot(input) : -1)],
                Outputs = [.. node.Outputs.Select(OutputSlot)],
                Layer = module,
                Data = 0,
                Weights = weights,
            };
        }

        return OwnLayer(node, kernel, name, single ? data[0] : -1, At);
    }

    private Step OwnLayer(OnnxNode node, Kernel kernel, string name, int data, Func<int, Constant?> at)
    {
        var bound = new List<(int Index, string Name, Tensor Value)>();
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            if (at(i) is not { } constant) continue;
            bool trains = constant.IsWeight && LayerWeights.Trainable(node, i) is not null;
            constant.IsOwned |= trains;
            string own = trains ? LayerWeights.Trainable(node, i)! : LayerWeights.Fixed(node, i);
            bound.Add((i, own, trains ? constant.Parameter : constant.Value.alias().DetachFromDisposeScope()));
        }

        var layer = new OnnxLayer(node, kernel, node.Inputs.Count, data, bound);
        Layers.Add((name, layer));
        return new Step
        {
            Node = node,
            Kernel = kernel,
            Inputs = [.. node.Inputs.Select((input, i) => at(i) is null ? InputSlot(input) : -1)],
            Outputs = [.. node.Outputs.Select(OutputSlot)],
            Layer = layer,
            Data = data,
            Weights = bound.ToDictionary(entry => entry.Index, entry => (Func<Tensor>)(() => layer.Weight(entry.Index)!)),
        };
    }

    // A layer that other layers' names lie below becomes their parent. Torch's layers do not care for children: ours does.
    private void MakeRoomForChildren()
    {
        var parents = Layers.SelectMany(layer => Prefixes(layer.Name)).ToHashSet();
        for (int i = 0; i < Layers.Count; i++)
        {
            var (name, module) = Layers[i];
            if (module is OnnxLayer || !parents.Contains(name)) continue;
            if (module.parameters(recurse: false).Any())
            {
                Layers[i] = (names.For(new OnnxNode { Name = $"{name}.self" }, null), module);
                continue;
            }

            var step = steps.First(step => ReferenceEquals(step.Layer, module));
            var own = new OnnxLayer(step.Node, step.Kernel, step.Inputs.Length, step.Data, []);
            module.Dispose();
            step.Layer = own;
            Layers[i] = (name, own);
        }
    }

    private static IEnumerable<string> Prefixes(string name)
    {
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1)) yield return name[..dot];
    }

    private Subgraph Inner(OnnxNode node, OnnxGraph inner)
    {
        string[] captured = [.. GraphOrder.Captured(inner)];
        var compiler = new GraphCompiler(inner, opset, name => captured.Contains(name) ? KnownValue(name) : null, layers: false);
        string[] inputs = [.. inner.FreeInputs.Select(input => input.Name)];
        int first = node.Inputs.Count - node.Captured;
        int[] places = [.. captured.Select(name => node.Inputs.IndexOf(name, first))];
        return new Subgraph(compiler.Build(inputs, captured), inputs.Length, places);
    }

    private int Slot(string name)
    {
        if (!slots.TryGetValue(name, out int slot)) slots[name] = slot = slots.Count;
        return slot;
    }

    private int InputSlot(string name) => name.Length == 0 ? -1 : Slot(name);

    private int OutputSlot(string name) => name.Length == 0 ? -1 : Slot(name);

    private Plan Finish(string[] inputs, string[] captured)
    {
        MakeRoomForChildren();
        int[] given = [.. inputs.Concat(captured).Select(Slot)];
        int[] results = [.. graph.Outputs.Select(output => Slot(output.Name))];
        var kept = slots.Where(entry => constants.ContainsKey(entry.Key)).ToDictionary(entry => entry.Value, entry => constants[entry.Key].Value);

        var last = new Dictionary<int, Step>();
        foreach (var step in steps)
        {
            foreach (int slot in step.Outputs.Concat(step.Inputs).Where(slot => slot >= 0)) last[slot] = step;
        }

        var held = given.Concat(results).Concat(kept.Keys).ToHashSet();
        foreach (var group in last.Where(entry => !held.Contains(entry.Key)).GroupBy(entry => entry.Value))
        {
            group.Key.Release = [.. group.Select(entry => entry.Key)];
        }
        Discard(kept);
        return new Plan(steps, slots.Count, given, results, kept);
    }

    // Constants that neither a layer nor the plan holds: those that folding used up.
    private void Discard(Dictionary<int, Tensor> kept)
    {
        var held = kept.Values.ToHashSet(ReferenceEqualityComparer.Instance);
        scrap.AddRange(constants.Values.Where(constant => !constant.IsOwned && !held.Contains(constant.Value)).Select(constant => constant.Value));
    }
}
