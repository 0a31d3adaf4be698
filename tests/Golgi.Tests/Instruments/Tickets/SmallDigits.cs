using Golgi.Data;
using Golgi.Instruments.Tickets.Criteria;
using Golgi.Instruments.Tickets.Search;
using Golgi.Jobs;
using Golgi.Training.Optimizers;
using Golgi.Training.Schedules;
using static TorchSharp.torch;

namespace Golgi.Tests.Instruments.Tickets;

/// <summary>The built-in digits at 14x14 and a perceptron with 25,100 weights on them: the scale at which the paper's findings show in
/// seconds.</summary>
internal static class SmallDigits
{
    public static DataSet Data() => DataCatalog.Open("strokes:1500", new DataOptions { ValidationCount = 300, TestLimit = 500 });

    public static Blueprint Of(DataSet data) => Blueprint.Of("perceptron-on-14x14", data, () => nn.Sequential(
        ("smaller", nn.AvgPool2d(2)), ("flatten", nn.Flatten()),
        ("fc1", nn.Linear(196, 100)), ("relu1", nn.ReLU()),
        ("fc2", nn.Linear(100, 50)), ("relu2", nn.ReLU()),
        ("fc3", nn.Linear(50, 10))));

    /// <summary>Nine rounds that take 40 % each, to some 270 weights.</summary>
    public static TicketOptions Options => new()
    {
        Rounds = 9,
        Rates = new PruningRates { Rate = 0.4 },
        Controls = [],
        Recipe = new TrainingRecipe
        {
            Data = "strokes",
            Model = "perceptron-on-14x14",
            Steps = 600,
            Batch = 60,
            Evaluations = 1,
            Schedule = Schedule.Constant,
            Optimizer = new OptimizerChoice { LearningRate = 1.2e-3 },
        },
    };
}
