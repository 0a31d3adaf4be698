using Golgi.App.Report;
using Golgi.Instruments.Dimension.Adapters;
using Golgi.Instruments.Dimension.Files;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Synthesis.Facets;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;
using Golgi.Instruments.Tickets.Comparisons;
using Golgi.Instruments.Tickets.Connectivity;
using Golgi.Instruments.Tickets.Search;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Instruments.Tickets.Use;
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
        .Add(JudgeJob.Is)
        .Add(FindTicketsJob.Is)
        .Add(ChainJob.Is, ChainJob.Make)
        .Add(LevelJob.Is)
        .Add(CompareTicketsJob.Is)
        .Add(SupermaskJob.Is)
        .Add(MaskLearningJob.Is, MaskLearningJob.Make)
        .Add(StabilityJob.Is)
        .Add(BranchJob.Is)
        .Add(ApplyTicketJob.Is)
        .Add(ShrinkJob.Is)
        .Add(BenchJob.Is);
}
