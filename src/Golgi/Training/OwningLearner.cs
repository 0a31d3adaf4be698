using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>A learner with the things that it works with, which end with it.</summary>
internal sealed class OwningLearner(Learner learner, IReadOnlyList<IDisposable> resources) : Learner
{
    public override long Step => learner.Step;

    public override IReadOnlyList<(string Name, Tensor Value)> State => learner.State;

    public override void AdvanceTo(long step, CancellationToken cancellation = default) => learner.AdvanceTo(step, cancellation);

    public override void StateLoaded() => learner.StateLoaded();

    public override void Dispose()
    {
        learner.Dispose();
        foreach (var resource in resources) resource.Dispose();
    }
}
