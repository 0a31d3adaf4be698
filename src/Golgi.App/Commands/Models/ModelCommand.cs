using System.CommandLine;
using System.Globalization;
using Golgi.App.Rendering;
using Golgi.Data;
using Golgi.Instruments.Tickets.Use;
using Golgi.Networks.Catalog;
using Golgi.Networks;
using Golgi.Opening;
using Spectre.Console;

namespace Golgi.App.Commands.Models;

/// <summary><c>golgi model</c>: the reference networks, and what a network is made of. Verbs for files are added below
/// it.</summary>
internal sealed class ModelCommand : Verb
{
    public const string Summary =
        "Prints a network layer by layer: shapes, parameters, multiply-adds. Without a name: lists the "
        + "reference networks.";

    public ModelCommand()
        : base("model", Summary)
    {
        Arguments.Add(Network);
        Options.Add(Data);
        Options.Add(Input);
        Options.Add(Classes);
        Subcommands.Add(new ModelInspectCommand());
        Subcommands.Add(new ModelConvertCommand());
        Subcommands.Add(new ModelMapCommand());
        Subcommands.Add(new ModelConformanceCommand());
    }

    public Argument<string?> Network { get; } = new("NETWORK")
    {
        Description = "A reference network (lenet5, fc-784-300-100-10, resnet20, ...), or a trained one: "
            + $"{NetworkReference.Usage}.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Data { get; } = new("--data")
    {
        Description = "The data set that input and classes are taken from. Default: the one of the network's source.",
    };

    public Option<string?> Input { get; } = new("--input")
    {
        Description = "The input's shape instead: channels,height,width as in 3,32,32, or one number.",
    };

    public Option<int?> Classes { get; } = new("--classes")
    {
        Description = "Number of outputs. Default: the data set's.",
    };

    public override int Run(Session session)
    {
        if (session.Value(Network) is not { } name)
        {
            session.Print(new Listed(ModelCatalog.All), (listed, console) => DrawCatalog(listed.Networks, console));
            return ExitCode.Done;
        }

        bool reference = ModelCatalog.Knows(name) || !Trained(name, session);
        session.Print(reference ? OfCatalog(name, session) : OfSpecimen(name, session), DrawLayers);
        return ExitCode.Done;
    }

    private Printed OfCatalog(string name, Session session)
    {
        var architecture = ModelCatalog.Find(name);
        var few = new DataOptions { Folder = session.DataFolder, TrainLimit = 1, TestLimit = 1, ValidationCount = 0 };
        using var data = session.Value(Data) is { } set ? DataCatalog.Open(set, few) : null;
        var shape = session.Value(Input) is { } text ? Shape(text) : data?.InputShape ?? architecture.InputShape;
        int classes = session.Value(Classes) ?? data?.ClassNames.Count ?? architecture.Classes;
        using var network = ModelCatalog.Build(name, shape, classes, null, session.Seed);
        return Printed.Of(name, architecture, LayerTable.Of(network, shape));
    }

    private Printed OfSpecimen(string name, Session session)
    {
        using var specimen = TicketSpecimen.Open(name, session.SpecimenOptions with { Data = session.Value(Data) });
        return Printed.Of(specimen.Name, null, LayerTable.Of(specimen.Network, specimen.InputShape));
    }

    /// <summary>Whether a name means something on disk, so that the message for what it is not says the right
    /// thing.</summary>
    private static bool Trained(string name, Session session) =>
        name.Contains('+', StringComparison.Ordinal) || File.Exists(name) || Directory.Exists(name)
        || Golgi.Runs.Run.All(session.RunsFolder).Any(run => run.Name.StartsWith(name, StringComparison.Ordinal));

    private static long[] Shape(string text)
    {
        string[] parts = text.Split([',', 'x', '×'], StringSplitOptions.TrimEntries);
        long[] shape = new long[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            bool whole = long.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i]);
            if (parts.Length is 1 or 3 && whole && shape[i] > 0) continue;
            throw new ArgumentException(
                $"--input is '{text}'; write channels,height,width as in 3,32,32, or one number.");
        }

        return shape;
    }

    private static void DrawCatalog(IReadOnlyList<Architecture> all, IAnsiConsole console)
    {
        var table = Tables.Columns("network", "what it is", "first weights");
        foreach (var entry in all) table.Row(entry.Name, entry.Description, entry.Initialization);
        console.Write(table);
        console.WriteLine("Any input size and number of classes that fits; golgi model NETWORK prints its layers.");
    }

    private static void DrawLayers(Printed layers, IAnsiConsole console)
    {
        if (layers.Description is { } description)
        {
            console.WriteLine($"{layers.Model}: {description} First weights: {layers.Initialization}.");
        }

        var table = Tables.Columns("layer", "kind", "weights", "output", "#parameters", "#multiply-adds");
        table.Row("input", "", "", Times(layers.InputShape), "", "");
        foreach (var layer in layers.Layers)
        {
            table.Row(
                layer.Name,
                layer.Kind,
                Times(layer.WeightShape),
                Times(layer.OutputShape),
                layer.Parameters == 0 ? "" : $"{layer.Parameters:N0}",
                layer.MultiplyAdds == 0 ? "" : $"{layer.MultiplyAdds:N0}");
        }

        table.Row("all", "", "", "", $"{layers.Parameters:N0}", $"{layers.MultiplyAdds:N0}");
        console.Write(table);
    }

    private static string Times(IReadOnlyList<long> shape) => string.Join("×", shape);

    private sealed record Listed(IReadOnlyList<Architecture> Networks);

    private sealed record Printed(
        string Model,
        string? Description,
        string? Initialization,
        IReadOnlyList<long> InputShape,
        long Parameters,
        long MultiplyAdds,
        IReadOnlyList<LayerRow> Layers)
    {
        public static Printed Of(string model, Architecture? entry, LayerTable table) =>
            new(
                model,
                entry?.Description,
                entry?.Initialization,
                table.InputShape,
                table.Parameters,
                table.MultiplyAdds,
                table.Layers);
    }
}
