using Golgi.Data;
using Golgi.Tickets;
using Golgi.Training;
using static TorchSharp.torch;

namespace Golgi.Tests.Tickets;

/// <summary>The built-in digits at 7x7 and a perceptron with 10,450 weights on them: the scale at which the paper's findings show in seconds.</summary>
internal static class SmallDigits
{
    public static DataSet Data() => DataCatalog.Open("strokes:1500", new DataOptions { ValidationCount = 300, TestLimit = 500 });

    public static Blueprint Of(DataSet data) => Blueprint.Of("perceptron-on-7x7", data, () => nn.Sequential(
        ("smaller", nn.AvgPool2d(4)), ("flatten", nn.Flatten()),
        ("fc1", nn.Linear(49, 100)), ("relu1", nn.ReLU()),
        ("fc2", nn.Linear(100, 50)), ("relu2", nn.ReLU()),
        ("fc3", nn.Linear(50, 10))));

    /// <summary>Two rounds, to 15 and to some 2.5 % of the weights.</summary>
    public static TicketOptions Options => new()
    {
        Rounds = 2,
        Rates = new PruningRates { Rate = 0.85 },
        Controls = [],
        Recipe = new TrainingRecipe
        {
            Data = "strokes",
            Model = "perceptron-on-7x7",
            Steps = 600,
            Batch = 60,
            Evaluations = 1,
            Schedule = Schedule.Constant,
            Optimizer = new OptimizerChoice { LearningRate = 1.2e-3 },
        },
    };
}
