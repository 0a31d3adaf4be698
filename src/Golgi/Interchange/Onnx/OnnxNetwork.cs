using Golgi.Foundation;
using Golgi.Interchange.Onnx.Inference;
using Golgi.Networks;
using static TorchSharp.torch;

namespace Golgi.Interchange.Onnx;

/// <summary>An imported network: a module whose children carry the graph's names, whose weights are parameters, and that
/// every tap, reparameterization and instrument takes like any other.</summary>
/// <remarks>Children are torch's own layers (Conv2d, Linear, BatchNorm2d, ReLU, ...) where they compute a node exactly, and
/// <see cref="OnnxLayer"/> otherwise. Half-precision weights are computed in float32. It starts in evaluation mode.</remarks>
public sealed class OnnxNetwork : nn.Module<Tensor, Tensor>, IPixelByPixel
{
    private readonly Plan plan;
    private readonly Lazy<InferencePlan?> inference;

    internal OnnxNetwork(OnnxModel model, Plan plan, IReadOnlyList<(string Name, nn.Module<Tensor, Tensor> Layer)> layers)
        : base(model.Graph.Name.Length > 0 ? model.Graph.Name : "onnx")
    {
        Model = model;
        this.plan = plan;
        inference = new Lazy<InferencePlan?>(() => InferenceCompiler.Compile(plan));
        Inputs = model.Graph.FreeInputs;
        Outputs = model.Graph.Outputs;
        Register(layers);
        eval();
    }

    /// <summary>What a caller gives.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    /// <summary>What comes out.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <summary>The file as it was read. Its weights are those of the file, not the current ones.</summary>
    public OnnxModel Model { get; }

    /// <summary>The shape of one input without the batch, as the file states it; −1 for open sizes; empty where it says nothing.</summary>
    public IReadOnlyList<long> InputShape => Inputs is [{ Shape: { Count: > 0 } shape }, ..] ? [.. shape.Skip(1)] : [];

    internal Plan Plan => plan;

    /// <summary>Runs the network with one input to its first output.</summary>
    /// <param name="input">The only free input, [N, ...].</param>
    /// <returns>The first output, [N, ...]; the caller owns it.</returns>
    /// <exception cref="InvalidOperationException">The network has several inputs; use <see cref="Run"/>.</exception>
    /// <exception cref="ArgumentException">The input has another number of dimensions than the file states.</exception>
    /// <exception cref="InvalidDataException">A node cannot compute what it is given; the message names it.</exception>
    public override Tensor forward(Tensor input)
    {
        if (Inputs.Count != 1)
        {
            throw new InvalidOperationException(
                $"The network has {Inputs.Count} inputs ({string.Join(", ", Inputs.Select(i => i.Name))}); call Run with all of them.");
        }

        var results = Compute([Checked(input, Inputs[0])]);
        foreach (var extra in results.Skip(1)) extra?.Dispose();
        return results[0]!;
    }

    /// <summary>Runs the network with any number of inputs.</summary>
    /// <param name="inputs">One per entry of <see cref="Inputs"/>; borrowed. Half precision is given as float32, unsigned numbers as the next wider
    /// signed type.</param>
    /// <returns>One per entry of <see cref="Outputs"/>; the caller owns them.</returns>
    public IReadOnlyList<Tensor> Run(IReadOnlyList<Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != Inputs.Count)
        {
            throw new ArgumentException($"There are {inputs.Count} inputs; the network takes {Inputs.Count}.", nameof(inputs));
        }
        return [.. Compute([.. inputs]).Select((result, i) => result ?? throw new InvalidDataException($"Output '{Outputs[i].Name}' was not made."))];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (inference.IsValueCreated) inference.Value?.Dispose();
            plan.Dispose();
        }

        base.Dispose(disposing);
    }

    // Results alone, in evaluation mode and without gradients, come faster from the inference plan.
    private Tensor?[] Compute(Tensor?[] inputs) =>
        training || is_grad_enabled() ? plan.Run(inputs, training) : inference.Value?.TryRun(inputs) ?? plan.Run(inputs, training);

    private static Tensor Checked(Tensor input, OnnxValue expected)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (expected.Shape is { } shape && shape.Count != input.dim())
        {
            throw new ArgumentException(
                $"Input '{expected.Name}' has shape {Check.Describe(input.shape)}; it must be {Check.Describe([.. shape])} (−1: any size).",
                nameof(input));
        }

        return input;
    }

    // Dots in a name are levels. A layer that is also a level of others (a block's last activation) becomes their parent.
    private void Register(IReadOnlyList<(string Name, nn.Module<Tensor, Tensor> Layer)> layers)
    {
        var scopes = new Dictionary<string, nn.Module> { [""] = this };
        var byName = layers.ToDictionary(entry => entry.Name, entry => entry.Layer);
        foreach (var (name, layer) in layers)
        {
            if (scopes.ContainsKey(name)) continue;
            Parent(name).register_module(name[(name.LastIndexOf('.') + 1)..], layer);
            scopes[name] = layer;
        }

        nn.Module Parent(string name)
        {
            int dot = name.LastIndexOf('.');
            if (dot < 0) return this;
            string path = name[..dot];
            if (scopes.TryGetValue(path, out var scope)) return scope;
            scope = byName.TryGetValue(path, out var layer) ? layer : new OnnxScope(path);
            Parent(path).register_module(path[(path.LastIndexOf('.') + 1)..], scope);
            return scopes[path] = scope;
        }
    }
}
