using Golgi.Foundation;

namespace Golgi.Training.Optimizers;

/// <summary>Optimizers by their names.</summary>
internal sealed class OptimizerKindConverter : WordConverter<OptimizerKind>
{
    protected override OptimizerKind Find(string name) => OptimizerKind.Find(name);

    protected override string NameOf(OptimizerKind kind) => kind.Name;
}
