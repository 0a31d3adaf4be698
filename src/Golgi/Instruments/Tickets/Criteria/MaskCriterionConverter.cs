using Golgi.Foundation;

namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>Criteria by their names; one of the user's own can be written, not read.</summary>
internal sealed class MaskCriterionConverter : WordConverter<MaskCriterion>
{
    protected override MaskCriterion Find(string name) => MaskCriterion.Find(name);

    protected override string NameOf(MaskCriterion kind) => kind.Name;
}
