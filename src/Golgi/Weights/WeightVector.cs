using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Weights;

/// <summary>
/// All trainable weights of a module as one contiguous vector θ ∈ ℝᴰ, with its gradient. The module's parameters become
/// views of it, so that whatever is done to weights is one vector expression and an optimizer step is a handful of
/// kernels, however many layers there are.
/// </summary>
/// <remarks>Works for any module; a tied parameter appears once, buffers are left alone. While the vector lives, use
/// <see cref="ZeroGradient"/> and not <c>module.zero_grad()</c>, which would cut the gradient's views.
/// <see cref="Dispose"/> gives the module storage of its own again, with the values that it has then.</remarks>
public sealed class WeightVector : IDisposable
{
    private readonly Parameter[] parameters;
    private readonly Tensor[] gradientViews;
    private bool disposed;

    /// <summary>Lays a module's parameters end to end and points the module at the result. Values do not change.</summary>
    /// <param name="module">Any module; move it to its device first.</param>
    /// <param name="selection">Which parameters take part; the default is all that require a gradient.</param>
    /// <exception cref="ArgumentException">No parameter takes part, or they differ in type or device.</exception>
    public WeightVector(nn.Module module, WeightSelection? selection = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        Module = module;
        var chosen = (selection ?? WeightSelection.All).Of(module).ToArray();
        RequireUniform(chosen);
        parameters = [.. chosen.Select(entry => entry.Parameter)];
        Segments = LayOut(chosen);

        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Values = cat([.. parameters.Select(p => p.flatten())]).DetachFromDisposeScope();
        Gradient = zeros_like(Values).DetachFromDisposeScope();
        gradientViews = [.. Segments.Select(s => View(Gradient, s).DetachFromDisposeScope())];
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i].set_(View(Values, Segments[i]));
            parameters[i].grad = gradientViews[i];
        }
    }

    /// <summary>The module whose weights these are. Borrowed.</summary>
    public nn.Module Module { get; }

    /// <summary>θ, [D]: the module's weights themselves, not a copy. Change it in place, under <c>no_grad</c>. Owned by this object.</summary>
    public Tensor Values { get; }

    /// <summary>∂L/∂θ, [D]: what <c>backward()</c> adds to. Owned by this object.</summary>
    public Tensor Gradient { get; }

    /// <summary>D.</summary>
    public long Count => Segments[^1].Offset + Segments[^1].Length;

    /// <summary>The parameters in their order in the vector.</summary>
    public IReadOnlyList<Segment> Segments { get; }

    /// <summary>A window on one parameter's part of a vector of length D, flat.</summary>
    /// <param name="vector">θ, its gradient, a mask, scores: [D].</param>
    /// <returns>A view, [segment.Length]; the caller owns the handle.</returns>
    public static Tensor Window(Tensor vector, Segment segment) => vector.narrow(0, segment.Offset, segment.Length);

    /// <summary>The same in the parameter's own shape.</summary>
    /// <returns>A view; the caller owns the handle.</returns>
    public static Tensor View(Tensor vector, Segment segment)
    {
        using var flat = Window(vector, segment);
        return flat.view([.. segment.Shape]);
    }

    /// <summary>Sets the gradient to zero in place.</summary>
    public void ZeroGradient() => Gradient.zero_();

    /// <summary>Gives the module storage of its own, with its present values, and no gradients.</summary>
    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        using var _ = no_grad();
        foreach (var (parameter, view) in parameters.Zip(gradientViews))
        {
            using var own = parameter.detach().clone();
            parameter.set_(own);
            parameter.grad = null;
            view.Dispose();
        }

        Values.Dispose();
        Gradient.Dispose();
    }

    private static void RequireUniform((string Name, Parameter Parameter)[] chosen)
    {
        if (chosen.Length == 0)
        {
            throw new ArgumentException("No parameter takes part: the module has none that requires a gradient and is not frozen.");
        }

        var (first, reference) = chosen[0];
        foreach (var (name, p) in chosen)
        {
            if (p.dtype == reference.dtype && p.device_type == reference.device_type && p.device_index == reference.device_index) continue;
            throw new ArgumentException(
                $"{name} is {p.dtype} on {p.device} and {first} {reference.dtype} on {reference.device}; all weights must share type and device.");
        }
    }

    private static List<Segment> LayOut((string Name, Parameter Parameter)[] chosen)
    {
        var segments = new List<Segment>(chosen.Length);
        long offset = 0;
        foreach (var (name, parameter) in chosen)
        {
            segments.Add(new Segment(name, offset, parameter.shape));
            offset += segments[^1].Length;
        }

        return segments;
    }
}
