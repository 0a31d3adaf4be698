using Golgi.Data;
using Golgi.Jobs;
using Golgi.Networks.Catalog;
using Golgi.Numerics.Random;
using Golgi.Training.Tasks;
using static TorchSharp.torch;

namespace Golgi.Instruments.Tickets.Criteria;

/// <summary>A network that can be made again from a seed, with the data that it is trained on.</summary>
/// <param name="Name">What runs and reports call it.</param>
/// <param name="Data">Borrowed.</param>
/// <param name="Build">From a seed to the network with its first weights, always the same for one seed; the caller of it owns the network.</param>
public sealed record Blueprint(string Name, DataSet Data, Func<long, nn.Module<Tensor, Tensor>> Build)
{
    /// <summary>A reference network.</summary>
    /// <param name="model">A name of the <see cref="ModelCatalog"/>.</param>
    /// <param name="data">Decides inputs and classes. Borrowed.</param>
    /// <param name="initialization">A name of <see cref="Initialization.Names"/>; null: the network's own.</param>
    /// <exception cref="ArgumentException">A name is unknown, or the network does not fit the data.</exception>
    public static Blueprint Of(string model, DataSet data, string? initialization = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ModelCatalog.Find(model);
        return new Blueprint(
            model, data, seed => ModelCatalog.Build(model, data.InputShape, data.OutputCount, initialization, seed))
        {
            Initialization = initialization,
        };
    }

    /// <summary>A module of the user's own. Its layers draw their first weights from torch's generator, set to the seed.</summary>
    /// <param name="name">Names the architecture: two that differ must have different names, because runs are found by it.</param>
    /// <param name="data">Borrowed.</param>
    /// <param name="build">Makes the module.</param>
    public static Blueprint Of(string name, DataSet data, Func<nn.Module<Tensor, Tensor>> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new Blueprint(name, data, seed => Seeds.Build(seed, build));
    }

    /// <summary>The initialization that was asked for; null: the network's own.</summary>
    public string? Initialization { get; init; }

    /// <summary>What is learned; default: what is usual for the data.</summary>
    public LearningTask Task { get; init; } = LearningTask.For(Data.Train);

    /// <summary>The settings that the network is usually trained with, two passes over the data at a time: a search trains dozens of
    /// networks.</summary>
    public TrainingRecipe Recipe =>
        UsualRecipes.For(Data.Name, Name) with { Initialization = Initialization, Epochs = 2, Evaluations = 4 };
}
