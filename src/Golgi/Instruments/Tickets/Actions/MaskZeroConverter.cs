using Golgi.Foundation;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Actions on pruned weights by their names.</summary>
internal sealed class MaskZeroConverter : WordConverter<MaskZero>
{
    protected override MaskZero Find(string name) => MaskZero.Find(name);

    protected override string NameOf(MaskZero kind) => kind.Name;
}
