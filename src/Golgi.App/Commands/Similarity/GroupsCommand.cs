using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Training.Tasks;
using Golgi.Training;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity groups --first RUN RUN --second RUN RUN</c>: how alike networks of a group are.</summary>
internal sealed class GroupsCommand : Verb
{
    private readonly MeasureOptions measure = new("pwcca");
    private readonly ResultFiles files = new();

    public GroupsCommand()
        : base(
            "groups",
            "Compares networks within two groups and between them, layer by layer: networks that generalize against networks that memorize "
            + "(golgi train --labels shuffled), wide against narrow, and the like. All must have the layers compared.")
    {
        Options.Add(First);
        Options.Add(Second);
        Options.Add(Layers);
        Options.Add(Data);
        Options.Add(Examples);
        foreach (var option in measure.All) Options.Add(option);
        files.AddTo(this);
    }

    public Option<string[]> First { get; } = Group("--first", "Networks of the one group, 2 or more: runs or model files.");

    public Option<string[]> Second { get; } = Group("--second", "Networks of the other group, 2 or more.");

    public Option<string[]> Layers { get; } = new("--layers")
    {
        Description = "Layers by name, in order. Default: the outputs of all nonlinearities and of the last layer with weights.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public Option<string?> Data { get; } =
        new("--data") { Description = "Data set whose test part the networks are shown. Default: that of the first run." };

    public Option<long> Examples { get; } = new("--examples")
    {
        Description = "At most this many examples are shown.",
        DefaultValueFactory = _ => 10_000,
    };

    public override int Run(Session session)
    {
        var chosen = measure.OnBases(session);
        LayerSource.ChooseThreads(session);
        IReadOnlyList<string> layers = session.Value(Layers);
        var members = new List<GroupMember>();
        var first = Read(First, "first");
        var second = Read(Second, "second");
        var found = session.Track(progress => GroupSimilarity.Of(first, second, layers, chosen, progress, session.Cancellation));
        foreach (var rows in first.Concat(second).SelectMany(network => network.Values)) rows.Dispose();
        files.Write(session, SimilarityTables.Of(found), SimilarityFigures.Groups(found));
        session.Print(new GroupsResult(members, found), SimilarityViews.Draw);
        return ExitCode.Done;

        List<IReadOnlyDictionary<string, TensorRows>> Read(Option<string[]> group, string name) => [.. session.Value(group).Select(reference =>
        {
            using var specimen = LayerSource.Specimen(reference, session.Value(Data), session);
            var shown = LayerSource.Shown(specimen);
            layers = LayerActivations.Resolve(specimen, layers);
            double Accuracy(Golgi.Data.Examples examples) => Evaluator.Evaluate(
                specimen, examples, cancellation: session.Cancellation).Primary;
            members.Add(new GroupMember(name, specimen.Name, Accuracy(specimen.Data!.Train), Accuracy(shown)));
            var reading = new LayerReading { Examples = session.Value(Examples) };
            return session.Track(progress => LayerActivations.Record(specimen, shown, layers, reading, progress, session.Cancellation));
        })];
    }

    private static Option<string[]> Group(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };
}
