using System.Text.Json.Serialization;
using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>A method of optimization as users choose it. A new one is a class and a line in <see cref="All"/>.</summary>
[JsonConverter(typeof(OptimizerKindConverter))]
public abstract class OptimizerKind
{
    /// <summary>All kinds.</summary>
    public static IReadOnlyList<OptimizerKind> All { get; } = [new AdamKind(), new AdamWKind(), new SgdKind()];

    /// <summary>As users write it.</summary>
    public abstract string Name { get; }

    /// <summary>A kind by its name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static OptimizerKind Find(string name) =>
        All.First(kind => kind.Name == Check.Known(name, All.Select(one => one.Name), "optimizer"));

    /// <summary>Makes the optimizer.</summary>
    /// <param name="coordinates">What it changes. Borrowed.</param>
    /// <param name="gradient">Its gradient. Borrowed.</param>
    /// <param name="choice">With the settings, of which each kind takes those that it has.</param>
    /// <returns>The caller owns it.</returns>
    public abstract Optimizer Create(Tensor coordinates, Tensor gradient, OptimizerChoice choice);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
