namespace Golgi.Interchange.Onnx;

/// <summary>Checks that a graph's values are defined once and before they are used, and brings its nodes into an order of execution.</summary>
internal static class GraphOrder
{
    /// <summary>The nodes that the outputs depend on, each after what it depends on.</summary>
    /// <param name="known">Values that are there before any node runs.</param>
    /// <exception cref="InvalidDataException">A value is defined twice or nowhere, or nodes depend on themselves.</exception>
    public static List<OnnxNode> Of(OnnxGraph graph, IReadOnlySet<string> known)
    {
        var makers = new Dictionary<string, OnnxNode>();
        foreach (var node in graph.Nodes)
        {
            foreach (string output in node.Outputs.Where(output => output.Length > 0))
            {
                if (known.Contains(output) || !makers.TryAdd(output, node))
                {
                    throw new InvalidDataException($"Value '{output}' is defined twice, the second time by node {node.Label}.");
                }
            }
        }

        var order = new List<OnnxNode>(graph.Nodes.Count);
        var state = new Dictionary<OnnxNode, bool>();              // true: finished; false: on the way
        var path = new Stack<(OnnxNode Node, int Next)>();
        foreach (var output in graph.Outputs)
        {
            if (known.Contains(output.Name)) continue;
            Enter(makers.GetValueOrDefault(output.Name) ?? throw new InvalidDataException($"Output '{output.Name}' is made by no node."));
            while (path.Count > 0) Advance();
        }

        return order;

        void Enter(OnnxNode node)
        {
            if (state.TryGetValue(node, out bool finished))
            {
                if (!finished) throw new InvalidDataException($"Node {node.Label} depends on its own output: the graph has a cycle.");
                return;
            }

            state[node] = false;
            path.Push((node, 0));
        }

        void Advance()
        {
            var (node, next) = path.Pop();
            if (next == node.Inputs.Count)
            {
                state[node] = true;
                order.Add(node);
                return;
            }

            path.Push((node, next + 1));
            string input = node.Inputs[next];
            if (input.Length == 0 || known.Contains(input)) return;
            Enter(makers.GetValueOrDefault(input) ?? throw new InvalidDataException($"Node {node.Label} reads '{input}', which nothing makes."));
        }
    }

    /// <summary>The values of the enclosing graph that a graph reads.</summary>
    public static IEnumerable<string> Captured(OnnxGraph graph)
    {
        var own = graph.Inputs.Select(input => input.Name).Concat(graph.Initializers.Select(initializer => initializer.Name))
            .Concat(graph.Nodes.SelectMany(node => node.Outputs)).ToHashSet();
        var read = graph.Nodes.SelectMany(node => node.Inputs.Concat(Captured(node))).Concat(graph.Outputs.Select(output => output.Name));
        return read.Where(name => name.Length > 0 && !own.Contains(name)).Distinct();
    }

    /// <summary>The same for all graphs among a node's attributes.</summary>
    public static IEnumerable<string> Captured(OnnxNode node) =>
        node.Attributes.Values.Where(attribute => attribute.Graph is not null).SelectMany(attribute => Captured(attribute.Graph!)).Distinct();
}
