using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity sensitivity RUN</c>: which layer knows which class.</summary>
internal sealed class SensitivityCommand : Verb
{
    private readonly StudyOptions study = new();

    public SensitivityCommand()
        : base("sensitivity", "How well each layer already knows each class: its canonical correlation with the class' logit.") => study.AddTo(this);

    public override int Run(Session session)
    {
        LayerSource.ChooseThreads(session);
        using var specimen = study.Open(session);
        var found = session.Track(progress => ClassSensitivity.Of(
            specimen, LayerSource.Shown(specimen), study.LayersOf(session, specimen), LayerSource.Output(specimen),
            session.Value(study.Examples), progress, session.Cancellation));
        study.Write(session, SimilarityTables.Of(found), SimilarityFigures.Sensitivity(found));
        session.Print(found, SimilarityViews.Draw);
        return ExitCode.Done;
    }
}
