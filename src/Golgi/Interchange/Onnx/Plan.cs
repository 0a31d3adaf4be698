using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>A graph in order of execution. Running it keeps no state, so that several threads may.</summary>
internal sealed class Plan(IReadOnlyList<Step> steps, int slots, int[] inputs, int[] outputs, IReadOnlyDictionary<int, Tensor> constants)
    : IDisposable
{
    public IReadOnlyList<Step> Steps => steps;

    public int OutputCount => outputs.Length;

    /// <summary>Where results are at the end.</summary>
    public IReadOnlyList<int> Outputs => outputs;

    /// <summary>Where values lie that a run must not dispose: inputs and constants.</summary>
    public HashSet<int> Borrowed { get; } = [.. inputs, .. constants.Keys];

    /// <summary>Values known at import, by slot. Owned by this object.</summary>
    public IReadOnlyDictionary<int, Tensor> Constants => constants;

    /// <summary>Runs the graph.</summary>
    /// <param name="given">One per input; borrowed.</param>
    /// <returns>One per output; fresh handles, the caller owns them.</returns>
    public Tensor?[] Run(Tensor?[] given, bool training)
    {
        var values = Values(given);
        foreach (var step in steps)
        {
            Run(step, values, training);
            foreach (int slot in step.Release)
            {
                values[slot]?.Dispose();
                values[slot] = null;
            }
        }

        return [.. outputs.Select((slot, i) => slot < 0 ? null : Returned(values, slot, i))];
    }

    /// <summary>The values before the first step, by slot: inputs and constants.</summary>
    public Tensor?[] Values(Tensor?[] given)
    {
        var values = new Tensor?[slots];
        foreach (var (slot, constant) in constants) values[slot] = constant;
        for (int i = 0; i < inputs.Length; i++) values[inputs[i]] = given[i];
        return values;
    }

    /// <summary>Runs one step on the values.</summary>
    /// <exception cref="InvalidDataException">It cannot compute what it is given; the message names the node.</exception>
    public static void Run(Step step, Tensor?[] values, bool training)
    {
        try
        {
            Compute(step, values, training);
        }
        catch (Exception error) when (error is ExternalException or ArgumentException or OverflowException or InvalidOperationException)
        {
            throw new InvalidDataException($"Node {step.Node.Label} failed: {error.Message.Split('\n')[0].TrimEnd('.')}.", error);
        }
        catch (InvalidDataException error) when (!error.Message.StartsWith("Node ", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"Node {step.Node.Label} failed: {error.Message}", error);
        }
    }

    public void Dispose()
    {
        foreach (var constant in constants.Values) constant.Dispose();
    }

    private static void Compute(Step step, Tensor?[] values, bool training)
    {
        using var scope = NewDisposeScope();
        if (step is { Layer: { } layer, Data: >= 0 })
        {
            var x = values[step.Inputs[step.Data]]!;
            Keep(step, 0, layer.call(x), x, values);
            return;
        }

        var inputs = new Tensor?[step.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = step.Inputs[i] >= 0 ? values[step.Inputs[i]] : step.Weights.TryGetValue(i, out var weight) ? weight() : null;
        }

        var results = step.Kernel(inputs, training);
        if (step.Layer is not null && results is [{ } first, ..]) results[0] = step.Layer.call(first);
        for (int i = 0; i < step.Outputs.Length && i < results.Length; i++)
        {
            if (results[i] is { } result) Keep(step, i, result, inputs.FirstOrDefault(input => ReferenceEquals(input, result)), values);
        }
    }

    // A value is a handle of its own, so that releasing it can never take an input away.
    private static void Keep(Step step, int output, Tensor result, Tensor? input, Tensor?[] values)
    {
        if (step.Outputs[output] < 0) return;
        var own = ReferenceEquals(result, input) ? result.alias() : result;
        values[step.Outputs[output]] = own.MoveToOuterDisposeScope();
    }

    // Inputs, constants and values that are returned twice get a second handle.
    private Tensor? Returned(Tensor?[] values, int slot, int output)
    {
        bool shared = constants.ContainsKey(slot) || inputs.Contains(slot) || Array.IndexOf(outputs, slot) < output;
        return shared ? values[slot]?.alias() : values[slot];
    }
}
