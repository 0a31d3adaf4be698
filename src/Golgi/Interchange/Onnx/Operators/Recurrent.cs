using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx.Operators;

/// <summary>Recurrent networks: plain, gated, long short-term memory; forward, backward or both.</summary>
internal static class Recurrent
{
    public static IEnumerable<(string Name, KernelFactory Build)> Table =>
    [
        ("GRU", node => Build(node, 3)),
        ("LSTM", node => Build(node, 4)),
        ("RNN", node => Build(node, 1)),
    ];

    private delegate (Tensor Hidden, Tensor? Cell) Step(Tensor x, Tensor hidden, Tensor? cell, Direction direction);

    private sealed record Direction(
        Tensor Input, Tensor Hidden, Tensor? InputBias, Tensor? HiddenBias, Tensor? Peephole, Func<Tensor, Tensor>[] Functions);

    private static Kernel Build(NodeSettings node, int gates)
    {
        node.Needs(3);
        string direction = node.Text("direction", "forward");
        int directions = direction switch
        {
            "forward" or "reverse" => 1,
            "bidirectional" => 2,
            _ => throw node.Bad($"has direction '{direction}'"),
        };
        bool batchFirst = node.Flag("layout");
        double clip = node.Float("clip", 0);
        var functions = Functions(node, gates, directions);
        Step step = gates switch
        {
            1 => (x, h, _, d) => (d.Functions[0](Clip(Sum(x, h, d), clip)), null),
            3 => GruStep(node.Flag("linear_before_reset"), clip),
            _ => LstmStep(node.Flag("input_forget"), clip),
        };
        return (inputs, _) =>
        {
            var x = batchFirst ? inputs[0]!.transpose(0, 1) : inputs[0]!;                 // [time, batch, features]
            var (w, r) = (inputs[1]!, inputs[2]!);
            if (w.dim() != 3 || r.dim() != 3 || w.shape[0] != directions) throw node.Bad($"needs weights for {directions} direction(s)");
            long hidden = r.shape[2], batch = x.shape[1];
            var outputs = new List<Tensor>();
            var lastHidden = new List<Tensor>();
            var lastCell = new List<Tensor>();
            for (int d = 0; d < directions; d++)
            {
                var bias = inputs.ElementAtOrDefault(3)?[d];
                var part = new Direction(
                    w[d].t(),
                    r[d].t(),
                    bias?.narrow(0, 0, gates * hidden),
                    bias?.narrow(0, gates * hidden, gates * hidden),
                    gates == 4 ? inputs.ElementAtOrDefault(7)?[d] : null,
                    functions[d]);
                var h = Initial(inputs.ElementAtOrDefault(5), d, batchFirst) ?? zeros(batch, hidden, x.dtype, x.device);
                var c = gates < 4 ? null : Initial(inputs.ElementAtOrDefault(6), d, batchFirst) ?? zeros(batch, hidden, x.dtype, x.device);
                bool reverse = direction == "reverse" || d == 1;
                var (sequence, hLast, cLast) = Run(x, h, c, part, step, inputs.ElementAtOrDefault(4), reverse);
                outputs.Add(sequence);
                lastHidden.Add(hLast);
                if (cLast is not null) lastCell.Add(cLast);
            }

            var all = stack(outputs, 1);                                                   // [time, directions, batch, hidden]
            Tensor Last(List<Tensor> states) => stack(states, batchFirst ? 1 : 0);
            var y = batchFirst ? all.permute(2, 0, 1, 3).contiguous() : all;
            return gates == 4 ? [y, Last(lastHidden), Last(lastCell)] : [y, Last(lastHidden)];
        };
    }

    private static Tensor? Initial(Tensor? states, int direction, bool batchFirst) =>
        states?.select(batchFirst ? 1 : 0, direction);

    // Runs one direction; where sequences have lengths, states stand still after their end and outputs are zero there.
    private static (Tensor Sequence, Tensor Hidden, Tensor? Cell) Run(
        Tensor x, Tensor h, Tensor? c, Direction direction, Step step, Tensor? lengths, bool reverse)
    {
        long times = x.shape[0];
        var sequence = new Tensor[times];
        var ends = lengths?.to(ScalarType.Int64).unsqueeze(1);
        for (long i = 0; i < times; i++)
        {
            long t = reverse ? times - 1 - i : i;
            var (nextHidden, nextCell) = step(x[t], h, c, direction);
            if (ends is null)
            {
                (h, c) = (nextHidden, nextCell);
                sequence[t] = h;
                continue;
            }

            var runs = ends.gt(t);
            h = where(runs, nextHidden, h);
            if (c is not null) c = where(runs, nextCell!, c);
            sequence[t] = where(runs, nextHidden, zeros_like(nextHidden));
        }

        return (stack(sequence, 0), h, c);
    }

    private static Tensor Sum(Tensor x, Tensor h, Direction d)
    {
        var sum = Product.Of(x, d.Input).add(Product.Of(h, d.Hidden));
        return d.InputBias is null ? sum : sum.add(d.InputBias).add(d.HiddenBias!);
    }

    // Gates in ONNX's order: input, output, forget, cell. Peepholes: input, output, forget.
    private static Step LstmStep(bool coupled, double clip) => (x, h, c, d) =>
    {
        long size = h.shape[1];
        var gates = Sum(x, h, d);
        Tensor Gate(int i) => gates.narrow(1, i * size, size);
        Tensor Peep(Tensor gate, int i, Tensor cell) => d.Peephole is null ? gate : gate.add(d.Peephole.narrow(0, i * size, size).mul(cell));
        var input = d.Functions[0](Clip(Peep(Gate(0), 0, c!), clip));
        var forget = coupled ? input.neg().add(1) : d.Functions[0](Clip(Peep(Gate(2), 2, c!), clip));
        var next = forget.mul(c!).add(input.mul(d.Functions[1](Clip(Gate(3), clip))));
        var output = d.Functions[0](Clip(Peep(Gate(1), 1, next), clip));
        return (output.mul(d.Functions[2](next)), next);
    };

    // Gates in ONNX's order: update, reset, hidden.
    private static Step GruStep(bool linearBeforeReset, double clip) => (x, h, _, d) =>
    {
        long size = h.shape[1];
        var fromInput = d.InputBias is null ? Product.Of(x, d.Input) : Product.Of(x, d.Input).add(d.InputBias);
        Tensor Hidden(long from, long count, Tensor state)
        {
            var product = Product.Of(state, d.Hidden.narrow(1, from, count));
            return d.HiddenBias is null ? product : product.add(d.HiddenBias.narrow(0, from, count));
        }

        var gates = d.Functions[0](Clip(fromInput.narrow(1, 0, 2 * size).add(Hidden(0, 2 * size, h)), clip));
        Tensor update = gates.narrow(1, 0, size), reset = gates.narrow(1, size, size);
        var recurrent = linearBeforeReset ? reset.mul(Hidden(2 * size, size, h)) : Hidden(2 * size, size, reset.mul(h));
        var candidate = d.Functions[1](Clip(fromInput.narrow(1, 2 * size, size).add(recurrent), clip));
        return (update.neg().add(1).mul(candidate).add(update.mul(h)), null);
    };

    private static Tensor Clip(Tensor x, double limit) => limit > 0 ? x.clamp(-limit, limit) : x;

    private static Func<Tensor, Tensor>[][] Functions(NodeSettings node, int gates, int directions)
    {
        string[] usual = gates switch { 1 => ["Tanh"], 3 => ["Sigmoid", "Tanh"], _ => ["Sigmoid", "Tanh", "Tanh"] };
        var names = node.Texts("activations") is { Count: > 0 } given ? given : [.. Enumerable.Repeat(usual, directions).SelectMany(x => x)];
        if (names.Count != usual.Length * directions) throw node.Bad($"has {names.Count} activations instead of {usual.Length * directions}");
        double[] alphas = node.Floats("activation_alpha") ?? [], betas = node.Floats("activation_beta") ?? [];
        var all = names.Select((name, i) => Function(node, name, i < alphas.Length ? alphas[i] : null, i < betas.Length ? betas[i] : null)).ToArray();
        return [.. all.Chunk(usual.Length)];
    }

    private static Func<Tensor, Tensor> Function(NodeSettings node, string name, double? alpha, double? beta) => name.ToUpperInvariant() switch
    {
        "TANH" => x => x.tanh(),
        "SIGMOID" => x => x.sigmoid(),
        "RELU" => x => x.relu(),
        "AFFINE" => x => x.mul(alpha ?? 1).add(beta ?? 0),
        "LEAKYRELU" => x => nn.functional.leaky_relu(x, alpha ?? 0.01),
        "THRESHOLDEDRELU" => x => x.mul(x.gt(alpha ?? 1).to(x.dtype)),
        "SCALEDTANH" => x => x.mul(beta ?? 1).tanh().mul(alpha ?? 1),
        "HARDSIGMOID" => x => x.mul(alpha ?? 0.2).add(beta ?? 0.5).clamp(0, 1),
        "ELU" => x => nn.functional.elu(x, alpha ?? 1),
        "SOFTSIGN" => x => nn.functional.softsign(x),
        "SOFTPLUS" => x => nn.functional.softplus(x),
        _ => throw node.Unsupported($"uses the activation '{name}'"),
    };
}
