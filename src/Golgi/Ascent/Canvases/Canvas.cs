using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Ascent.Canvases;

/// <summary>What is varied: coordinates from which a batch of pictures is made. Each picture has its own.</summary>
/// <remarks>A canvas also knows what phases and steps mean to it: whether it grows, which part of it is worked on, and where its coordinates
/// may be. The ascent asks these questions of every canvas alike; the answers here are those of a canvas that has one size, is seen whole
/// and lets its coordinates go anywhere.</remarks>
public abstract class Canvas : IDisposable
{
    /// <summary>What an optimizer sees: a leaf that requires gradients, [N, ...]. Owned by this object; change it in
    /// place.</summary>
    public abstract Tensor Coordinates { get; }

    /// <summary>The pictures.</summary>
    /// <returns>Raw pixels, [N, C, H, W]; differentiable with respect to <see cref="Coordinates"/>.</returns>
    public abstract Tensor Render();

    /// <summary>Sets the coordinates such that <see cref="Render"/> gives, as nearly as the canvas can, these
    /// pictures.</summary>
    /// <param name="pictures">Raw pixels (0 to 255), [N, C, H, W].</param>
    public abstract void Paint(Tensor pictures);

    /// <summary>Says, before any work, whether a phase can be worked on here.</summary>
    /// <exception cref="ArgumentException">It cannot: it asks for what only plain pixels have.</exception>
    public virtual void Accept(AscentPhase phase)
    {
        ArgumentNullException.ThrowIfNull(phase);
        string? asked = phase.Operators.Count > 0
            ? $"changes pixels after each step ({string.Join(", ", phase.Operators)})"
            : phase.Enlarge != 1 ? $"enlarges the canvas {phase.Enlarge:0.##} times" : phase.Margin > 0 ? "keeps a margin" : null;
        if (asked is null) return;
        throw new ArgumentException(
            $"A phase {asked}, and a {GetType().Name} has other coordinates than plain pixels. Use the pixel canvas or leave it out.", nameof(phase));
    }

    /// <summary>Begins a phase.</summary>
    public virtual void BeginPhase(AscentPhase phase)
    {
    }

    /// <summary>Begins a step: chooses what <see cref="Coordinates"/> and <see cref="Render"/> are of.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="window">The height and width that are seen at a time; null: all.</param>
    /// <param name="random">The draws of this step.</param>
    public virtual void BeginStep(AscentPhase phase, (long Height, long Width)? window, PhiloxReader random)
    {
    }

    /// <summary>What of the objective's gradient counts in a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="gradient">[N, ...], as the coordinates; borrowed.</param>
    /// <returns>The same shape; may be <paramref name="gradient"/> itself.</returns>
    public virtual Tensor Bounded(AscentPhase phase, Tensor gradient) => gradient;

    /// <summary>Ends a step: brings the coordinates, in place, to where they may be.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="index">The step's number in its phase, from 0.</param>
    /// <param name="update">What the rule turned into the step, [N, ...]; borrowed.</param>
    public virtual void EndStep(AscentPhase phase, int index, Tensor update)
    {
    }

    /// <summary>Ends the ascent: <see cref="Render"/> gives all of the pictures from now on.</summary>
    public virtual void End()
    {
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
