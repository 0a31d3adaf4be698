using Golgi.Foundation;

namespace Golgi.Instruments.Tickets.Actions;

/// <summary>Actions on kept weights by their names.</summary>
internal sealed class MaskOneConverter : WordConverter<MaskOne>
{
    protected override MaskOne Find(string name) => MaskOne.Find(name);

    protected override string NameOf(MaskOne kind) => kind.Name;
}
