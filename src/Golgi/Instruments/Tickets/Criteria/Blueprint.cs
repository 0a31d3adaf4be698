using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
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

    /// <summary>The network that a recipe names, so that other processes can open it too.</summary>
    /// <param name="recipe">Names the network, its data, and how they are opened.</param>
    /// <param name="data">The recipe's data set, opened. Borrowed.</param>
    /// <inheritdoc cref="Of(string, DataSet, string)" path="/exception"/>
    public static Blueprint Of(TrainingRecipe recipe, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Of(recipe.Model, data, recipe.Initialization) with { Source = recipe };
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

    /// <summary>By what another process opens the network and its data; null: only this one has them.</summary>
    public TrainingRecipe? Source { get; init; }

    /// <summary>What is learned; default: what is usual for the data.</summary>
    public LearningTask Task { get; init; } = LearningTask.For(Data.Train);

    /// <summary>The settings that the network is usually trained with, two passes over the data at a time: a search trains dozens of
    /// networks.</summary>
    public TrainingRecipe Recipe => Usual(Data.Name, Name) with { Initialization = Initialization };

    /// <summary>The same before the data are opened.</summary>
    /// <param name="data">The data set's name.</param>
    /// <param name="model">The network's.</param>
    public static TrainingRecipe Usual(string data, string model) => UsualRecipes.For(data, model) with { Epochs = 2, Evaluations = 4 };

    /// <summary>The data, as jobs tell what they depend on.</summary>
    internal IReadOnlyDictionary<string, string> Inputs => new Dictionary<string, string> { ["data_identity"] = Data.Identity };

    /// <summary>A training as jobs tell what they depend on: by the names of network and data, not by the words that were typed.</summary>
    internal JsonObject Describe(TrainingRecipe recipe)
    {
        var json = JsonSerializer.SerializeToNode(recipe with { Data = Data.Name, Model = Name }, RunJson.Format)!.AsObject();
        json["network"] = Name;
        json["initialization"] = Initialization;
        return json;
    }

    /// <summary>What another process needs to make a job about this network; null where it cannot.</summary>
    /// <param name="options">The job's options, for <see cref="RunJson.Format"/>.</param>
    /// <param name="seed">The replicate's seed.</param>
    internal JsonObject? Request<T>(T options, long seed) => Source is null ? null : new JsonObject
    {
        ["source"] = JsonSerializer.SerializeToNode(Source, RunJson.Format),
        ["options"] = JsonSerializer.SerializeToNode(options, RunJson.Format),
        ["seed"] = seed,
    };

    /// <summary>The opposite of <see cref="Request"/>; the caller owns the data.</summary>
    internal static (Blueprint Blueprint, T Options, long Seed) Open<T>(JsonObject request, Workspace workspace)
    {
        var source = request["source"].Deserialize<TrainingRecipe>(RunJson.Format)!;
        var data = DataCatalog.Open(source.Data, source.DataOptions(workspace.DataFolder));
        return (Of(source, data), request["options"].Deserialize<T>(RunJson.Format)!, (long)request["seed"]!);
    }
}
