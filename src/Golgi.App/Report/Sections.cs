using Golgi.App.Report.Basics;
using Golgi.App.Report.Instruments;
using Golgi.App.Report.Dimension;
using Golgi.App.Report.Tickets;

namespace Golgi.App.Report;

/// <summary>The dossier's parts, in the order in which they are read. Each instrument adds one line.</summary>
internal static class Sections
{
    public static IReadOnlyList<DossierSection> All { get; } =
    [
        new NetworkSection(),
        new LearningSection(),
        new AccuracySection(),
        new FiltersSection(),
        new ActivationsSection(),
        new UnitsSection(),
        new PreferredSection(),
        new ProbesSection(),
        new AblationSection(),
        new SimilaritySection(),
        new DimensionSection(),
        new WeightsSection(),
    ];
}
