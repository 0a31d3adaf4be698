using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Files;
using Golgi.Instruments.Tickets.Search;
using Golgi.Instruments.Tickets.Use;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Training.Optimizers;

namespace Golgi.Tests.Instruments.Tickets;

/// <summary>A perceptron on the built-in digits, small enough to train in a second.</summary>
internal static class SmallBlueprint
{
    public const string Model = "fc-784-40-20-10";

    public static DataSet Data(int count = 600) =>
        DataCatalog.Open($"strokes:{count}", new DataOptions { ValidationCount = count / 6, TestLimit = 300 });

    public static Blueprint Of(DataSet data) => Blueprint.Of(Model, data);

    /// <summary>Runs a job among the runs of a folder.</summary>
    public static T Run<T>(
        Job<T> job, string folder, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
        where T : class => new Workspace(folder).Run(job, progress, cancellation).Result;

    /// <summary>Searches, with the runs in a folder.</summary>
    public static TicketSearchResult Find(
        Blueprint blueprint, TicketOptions options, IReadOnlyList<long> seeds, string folder, IProgress<WorkProgress>? progress = null,
        CancellationToken cancellation = default) => Run(new FindTicketsJob(blueprint, options, seeds), folder, progress, cancellation);

    /// <summary>What a ticket's file knows of some data.</summary>
    public static AppliedTicket Apply(string ticket, DataSet data)
    {
        using var network = TicketFile.Open(ticket, out var mask);
        mask.Dispose();
        var specimen = new Specimen("ticket", network, data.InputShape, data.Preprocessing, data.ClassNames, data); // both are not its own
        return new Workspace().Compute(new ApplyTicketJob(specimen, ticket));
    }

    public static TicketOptions Options(int steps, int rounds = 2) => new()
    {
        Rounds = rounds,
        Rates = new PruningRates { Rate = 0.5 },
        Recipe = new TrainingRecipe
        {
            Data = "strokes",
            Model = Model,
            Steps = steps,
            Batch = 50,
            Evaluations = 2,
            Optimizer = new OptimizerChoice { LearningRate = 2e-3 },
        },
    };
}
