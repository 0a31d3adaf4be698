using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Training.Optimizers;

/// <summary>Changes one flat vector of coordinates by its gradient, in place: a few kernels a step, however many layers there are.</summary>
public abstract class Optimizer : IDisposable
{
    private readonly Tensor clock = zeros(1, ScalarType.Int64).DetachFromDisposeScope();

    /// <summary>Remembers what is optimized.</summary>
    /// <param name="coordinates">φ, [coordinates]. Borrowed, changed in place.</param>
    /// <param name="gradient">∂L/∂φ, the same shape. Borrowed, read only.</param>
    /// <param name="learningRate">Step size; schedules change it through <see cref="LearningRate"/>.</param>
    /// <exception cref="ArgumentException">The shapes differ or the rate is negative or not finite.</exception>
    protected Optimizer(Tensor coordinates, Tensor gradient, double learningRate)
    {
        Check.SameShape(coordinates, gradient);
        Coordinates = coordinates;
        Gradient = gradient;
        LearningRate = learningRate;
    }

    /// <summary>Step size, 0 or more.</summary>
    public double LearningRate { get => field; set => field = Check.NotNegative(value, nameof(LearningRate)); }

    /// <summary>The first coordinate that is still optimized, in [0, coordinates]; those before it stay as they are, their
    /// moments too. Default 0: all are.</summary>
    public long LiveFrom { get => field; set => field = Check.InRange(value, 0, Coordinates.shape[0], nameof(LiveFrom)); }

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Everything, by name, that a checkpoint needs to continue exactly; owned by this object.
    /// After copying into these tensors call <see cref="StateLoaded"/>.</summary>
    public IReadOnlyList<(string Name, Tensor Value)> State => [("steps", clock), .. Moments];

    /// <summary>φ. Borrowed.</summary>
    protected Tensor Coordinates { get; }

    /// <summary>∂L/∂φ. Borrowed.</summary>
    protected Tensor Gradient { get; }

    /// <summary>The method's running averages, by name.</summary>
    protected abstract IReadOnlyList<(string Name, Tensor Value)> Moments { get; }

    /// <summary>Takes one step: φ ← φ + Δ(∂L/∂φ).</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Steps++;
        clock.fill_(Steps);
        if (LiveFrom < Coordinates.shape[0]) Update();
    }

    /// <summary>Takes the number of steps from the loaded <see cref="State"/>.</summary>
    public void StateLoaded() => Steps = clock.item<long>();

    /// <inheritdoc/>
    public void Dispose()
    {
        clock.Dispose();
        foreach (var (_, value) in Moments) value.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The part of a vector that is still optimized; a view in the step's dispose scope.</summary>
    protected Tensor Live(Tensor vector) => LiveFrom == 0 ? vector : vector.narrow(0, LiveFrom, vector.shape[0] - LiveFrom);

    /// <summary>Changes the live part of <see cref="Coordinates"/> in place. <see cref="Steps"/> counts this step already.</summary>
    protected abstract void Update();
}
