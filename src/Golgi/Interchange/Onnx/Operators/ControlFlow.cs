using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Branches and loops. Their graphs read values of the enclosing graph, which come in as further inputs.</summary>
internal static class ControlFlow
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table => [("If", If), ("Loop", Loop)];

    private static Kernel If(NodeSettings node)
    {
        node.Needs(1);
        Subgraph yes = node.Graph("then_branch"), no = node.Graph("else_branch");
        if (yes.Outputs != node.OutputCount || no.Outputs != node.OutputCount)
        {
            throw node.Bad($"has {node.OutputCount} outputs, its branches {yes.Outputs} and {no.Outputs}");
        }

        return (inputs, training) => Read.Integer(inputs[0]!) != 0 ? yes.Run([], inputs, training) : no.Run([], inputs, training);
    }

    private static Kernel Loop(NodeSettings node)
    {
        var body = node.Graph("body");
        int carried = node.InputCount - node.Node.Captured - 2;
        int scanned = body.Outputs - 1 - carried;
        if (carried < 0 || scanned < 0 || body.Inputs != carried + 2) throw node.Bad("carries other values than its body");
        return (inputs, training) =>
        {
            long most = inputs[0] is { } trips ? Read.Integer(trips) : long.MaxValue;
            bool goes = inputs[1] is not { } condition || Read.Integer(condition) != 0;
            Tensor?[] state = [.. inputs.Skip(2).Take(carried)];
            var rows = Enumerable.Range(0, scanned).Select(_ => new List<Tensor>()).ToArray();
            for (long i = 0; i < most && goes; i++)
            {
                var results = body.Run([tensor(i), tensor(true), .. state], inputs, training);
                goes = Read.Integer(results[0]!) != 0;
                state = results[1..(1 + carried)];
                for (int k = 0; k < scanned; k++) rows[k].Add(results[1 + carried + k]!);
            }

            return [.. state.Select(value => value?.alias()), .. rows.Select(Tensor? (all) => all.Count > 0 ? stack(all, 0) : empty(0))];
        };
    }
}
