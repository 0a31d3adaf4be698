using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;
using Golgi.Training.Optimizers;

namespace Golgi.Tests.Instruments.Tickets;

/// <summary>A perceptron on the built-in digits, small enough to train in a second.</summary>
internal static class SmallBlueprint
{
    public const string Model = "fc-784-40-20-10";

    public static DataSet Data(int count = 600) =>
        DataCatalog.Open($"strokes:{count}", new DataOptions { ValidationCount = count / 6, TestLimit = 300 });

    public static Blueprint Of(DataSet data) => Blueprint.Of(Model, data);

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
