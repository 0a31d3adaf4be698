using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity sensitivity NETWORK</c>: which layer knows which class.</summary>
internal sealed class SensitivityCommand : Verb
{
    private readonly OptionSet<SensitivityOptions> options = new(new SensitivityOptions());
    private readonly StudyOptions study = new();

    public SensitivityCommand()
        : base("sensitivity", "How well each layer already knows each class: its canonical correlation with the class' logit.")
    {
        options.AddLayers(all => all.Layers, (all, value) => all with { Layers = value });
        options.AddExamples(all => all.Examples, (all, value) => all with { Examples = value });
        study.AddTo(this);
        options.AddTo(this);
    }

    public override bool Continues => true;

    public override int Run(Session session)
    {
        using var specimen = study.Network.Open(session);
        using var job = new SensitivityJob(specimen, options.Read(session));
        return study.Run(session, job, SimilarityViews.Draw, SimilarityTables.Of, found => [SimilarityFigures.Sensitivity(found)]);
    }
}
