using Golgi.App.Report;
using Golgi.Instruments.Dimension.Adapters;
using Golgi.Instruments.Dimension.Files;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Synthesis.Facets;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Jobs;

namespace Golgi.App.Commands;

/// <summary>The kinds of jobs that the command runs. Each adds one line; a worker makes jobs of their requests.</summary>
internal static class JobKinds
{
    public static JobCatalog All { get; } = new JobCatalog()
        .Add(TrainJob.Is, TrainJob.Make)
        .Add(EvaluateJob.Is)
        .Add(ClassifyJob.Is)
        .Add(InspectJob.Is)
        .Add(DossierJob.Is)
        .Add(TrialJob.Is, TrialJob.Make)
        .Add(MeasureJob.Is)
        .Add(AdaptJob.Is)
        .Add(CompressJob.Is)
        .Add(CompareLayersJob.Is)
        .Add(LayerGridJob.Is)
        .Add(DynamicsJob.Is)
        .Add(GroupsJob.Is)
        .Add(DirectionsJob.Is)
        .Add(CompressLayersJob.Is)
        .Add(SensitivityJob.Is)
        .Add(SeeJob.Is)
        .Add(PicturesJob.Is)
        .Add(TopJob.Is)
        .Add(FacetsJob.Is)
        .Add(InvertJob.Is)
        .Add(GridJob.Is)
        .Add(AuditJob.Is)
        .Add(CompareJob.Is)
        .Add(JudgeJob.Is);
}
