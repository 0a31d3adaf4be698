using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.App.Report.Plots;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Networks;

namespace Golgi.App.Commands.Similarity;

/// <summary>What the verbs that study a whole network share: the network, its layers, how many examples, where figures go.</summary>
internal sealed class StudyOptions
{
    private readonly ResultFiles files = new();

    public Argument<string> Network { get; } = new("RUN") { Description = "The network: a run, RUN#CHECKPOINT, or a model file such as MODEL.onnx." };

    public Option<string[]> Layers { get; } = new("--layers")
    {
        Description = "Layers by name, in order. Default: the outputs of all nonlinearities and of the last layer with weights.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public Option<string?> Data { get; } =
        new("--data") { Description = "Data set that the network is shown. Default: the one that the run was trained on." };

    public Option<long> Examples { get; } = new("--examples")
    {
        Description = "At most this many examples are shown.",
        DefaultValueFactory = _ => 5000,
    };

    public void AddTo(Command command, params Option[] leftOut)
    {
        command.Arguments.Add(Network);
        foreach (var option in new Option[] { Layers, Data, Examples }.Except(leftOut)) command.Options.Add(option);
        files.AddTo(command);
    }

    public Specimen Open(Session session) => LayerSource.Specimen(session.Value(Network), session.Value(Data), session);

    public IReadOnlyList<string> LayersOf(Session session, Specimen specimen) => LayerActivations.Resolve(specimen, session.Value(Layers));

    public LayerReading Reading(Session session, MapReading maps = MapReading.Pool) => new() { Maps = maps, Examples = session.Value(Examples) };

    /// <summary>Writes figures and numbers where the user asked for them.</summary>
    public void Write(Session session, CsvText table, params IFigure[] figures) => files.Write(session, table, figures);
}
