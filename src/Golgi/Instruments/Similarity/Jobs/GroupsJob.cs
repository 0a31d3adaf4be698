using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Jobs;
using Golgi.Networks;
using Golgi.Training;

namespace Golgi.Instruments.Similarity.Jobs;

/// <summary>Compares networks within two groups and between them, layer by layer. Finished layers and accuracies are kept.</summary>
public sealed class GroupsJob : Job<GroupsResult>
{
    private readonly IReadOnlyList<Specimen> first;
    private readonly IReadOnlyList<Specimen> second;
    private readonly GroupsOptions options;

    /// <summary>Puts the job together.</summary>
    /// <param name="first">Networks of the one group with their data, 2 or more. Borrowed.</param>
    /// <param name="second">Networks of the other, 2 or more. Borrowed.</param>
    /// <param name="options">Which layers, compared how.</param>
    /// <exception cref="ArgumentException">A group has fewer than 2 networks, a network lacks a layer or data, or the measure needs more than
    /// whitened layers.</exception>
    public GroupsJob(IReadOnlyList<Specimen> first, IReadOnlyList<Specimen> second, GroupsOptions options)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(options);
        GroupSimilarity.RequirePairs(first.Count, second.Count);
        options.Measure.OnBases();
        this.first = first;
        this.second = second;
        this.options = options with { Layers = LayerActivations.Resolve(first[0], options.Layers) };
        foreach (var specimen in first.Concat(second))
        {
            LayerActivations.Resolve(specimen, this.options.Layers);
            LayerActivations.Shown(specimen);
        }
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("similarity-groups", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{first.Count}-and-{second.Count}-{first[0].Name}";

    /// <inheritdoc/>
    public override JsonObject Options => JsonSerializer.SerializeToNode(options, RunJson.Format)!.AsObject();

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => StudyInputs.Of(
        [.. first.Select((specimen, i) => ($"first_{i}_", specimen)), .. second.Select((specimen, i) => ($"second_{i}_", specimen))]);

    /// <inheritdoc/>
    /// <exception cref="RefusedException">There are too few examples for a layer's directions.</exception>
    public override GroupsResult Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        GroupMember[] members =
        [
            .. first.Select((specimen, i) => Member("first", i, specimen, context)),
            .. second.Select((specimen, i) => Member("second", i, specimen, context)),
        ];
        var rows = new Lazy<(List<IReadOnlyDictionary<string, TensorRows>> First, List<IReadOnlyDictionary<string, TensorRows>> Second)>(
            () => (Rows(first, context), Rows(second, context)));
        try
        {
            return new GroupsResult(members, GroupSimilarity.Join([.. options.Layers.Select((layer, i) => Layer(layer, i))]));
        }
        finally
        {
            if (rows.IsValueCreated)
            {
                foreach (var part in rows.Value.First.Concat(rows.Value.Second).SelectMany(network => network.Values)) part.Dispose();
            }
        }

        GroupSimilarity Layer(string layer, int i)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var found = context.Once($"layer-{i}", () => GroupSimilarity.Of(
                rows.Value.First, rows.Value.Second, [layer], options.Measure.OnBases(), null, context.Cancellation));
            context.Progress?.Report(new WorkProgress("layers", i + 1, options.Layers.Count));
            return found;
        }
    }

    private static GroupMember Member(string group, int i, Specimen specimen, JobContext context)
    {
        return context.Once(
            $"{group}-{i}", () => new GroupMember(group, specimen.Name, Accuracy(specimen.Data!.Train), Accuracy(specimen.Data.Test)));

        double Accuracy(Examples examples) => Evaluator.Evaluate(specimen, examples, cancellation: context.Cancellation).Primary;
    }

    private List<IReadOnlyDictionary<string, TensorRows>> Rows(IReadOnlyList<Specimen> group, JobContext context) =>
    [
        .. group.Select(specimen => LayerActivations.Record(
            specimen, LayerActivations.Shown(specimen), options.Layers, new LayerReading { Examples = options.Examples }, context.Progress,
            context.Cancellation)),
    ];
}
