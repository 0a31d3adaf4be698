using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Networks;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity groups --first NETWORK NETWORK --second NETWORK NETWORK</c>: how alike networks of a group are.</summary>
internal sealed class GroupsCommand : Verb
{
    private readonly OptionSet<GroupsOptions> options = new(new GroupsOptions());
    private readonly StudyOptions study = new();

    public GroupsCommand()
        : base(
            "groups",
            "Compares networks within two groups and between them, layer by layer: networks that generalize against networks that memorize "
            + "(golgi train --labels shuffled), wide against narrow, and the like. All must have the layers compared.")
    {
        Options.Add(First);
        Options.Add(Second);
        options.AddLayers(all => all.Layers, (all, value) => all with { Layers = value });
        options.AddExamples(all => all.Examples, (all, value) => all with { Examples = value });
        options.AddMeasure(all => all.Measure, (all, value) => all with { Measure = value });
        options.AddTo(this);
        study.AddOptionsTo(this);
    }

    public Option<string[]> First { get; } = Group("--first", "Networks of the one group, 2 or more: runs or model files.");

    public Option<string[]> Second { get; } = Group("--second", "Networks of the other group, 2 or more.");

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = options.Read(session);
        var opened = new List<Specimen>();
        try
        {
            foreach (string reference in session.Value(First).Concat(session.Value(Second))) opened.Add(study.Network.Open(session, reference));
            int first = session.Value(First).Length;
            using var job = new GroupsJob([.. opened.Take(first)], [.. opened.Skip(first)], asked);
            return study.Run(
                session, job, SimilarityViews.Draw, found => SimilarityTables.Of(found.Similarity),
                found => [SimilarityFigures.Groups(found.Similarity)]);
        }
        finally
        {
            foreach (var specimen in opened) specimen.Dispose();
        }
    }

    private static Option<string[]> Group(string name, string description) => new(name)
    {
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        Required = true,
    };
}
