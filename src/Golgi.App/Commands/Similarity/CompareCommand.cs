using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Jobs;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Studies;
using Golgi.Networks;
using Golgi.Opening;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity compare A B</c>: one number with its nulls, interval and held-out value.</summary>
internal sealed class CompareCommand : Verb
{
    private const string Usage =
        "file.npy, file.npz:array or file.csv with a row per sample; or a network's layer, NETWORK:LAYER (RUN#CHECKPOINT:LAYER, MODEL.onnx:LAYER)";

    private readonly OptionSet<CompareLayersOptions> options = new(new CompareLayersOptions());
    private readonly NetworkOptions network = new();
    private readonly ResultFiles files = new();

    public CompareCommand()
        : base(
            "compare",
            "Compares two sets of activations over the same samples (rows). Prints the similarity beside what unrelated layers would give, "
            + "an interval, and the value on held-out halves. Too few samples are refused (exit code 3).")
    {
        Arguments.Add(A);
        Arguments.Add(B);
        options.AddMeasure(all => all.Measure, (all, value) => all with { Measure = value });
        options.Add(
            "--spatial",
            "Maps [N, C, H, W] and sequences [N, T, D]: flatten (every value a feature), pixels (every place or token a sample), pool (their mean), "
                + "dft (cca or svcca of maps per spatial frequency; sizes may differ). Default: flatten for files, pool for networks.",
            all => all.Spatial, (all, value) => all with { Spatial = value });
        options.Add(
            "--frequencies", "With --spatial dft: frequencies along each side, the lowest. Default: all.",
            all => all.Frequencies, (all, value) => all with { Frequencies = value });
        options.AddExamples(all => all.Examples, (all, value) => all with { Examples = value });
        options.Add(
            "--permutations", "Shuffled pairings behind the permutation null. Default: from 3 to 100, as many as take a few seconds.",
            all => all.Around.Permutations, (all, value) => all with { Around = all.Around with { Permutations = value } });
        options.Add(
            "--few-samples", "What to do where directions outnumber samples, so that a similarity of 1 comes by itself.",
            all => all.Around.FewSamples, (all, value) => all with { Around = all.Around with { FewSamples = value } });
        options.AddTo(this);
        network.AddOptionsTo(this);
        files.AddTo(this);
    }

    public Argument<string> A { get; } = new("A") { Description = $"The one side: {Usage}." };

    public Argument<string> B { get; } = new("B") { Description = "The other side, its rows in the same order." };

    public override int Run(Session session)
    {
        var asked = options.Read(session);
        asked = asked with { Around = asked.Around with { Seed = (ulong)session.Seed } };
        var (left, first) = Side(session, session.Value(A));
        using (first)
        {
            var (right, second) = Side(session, session.Value(B));
            using (second)
            using (var job = new CompareLayersJob(left, right, asked))
            {
                var done = session.Run(job);
                foreach (string warning in done.Result.Warnings) session.Say($"golgi: {warning}");
                var (table, figure) = (SimilarityTables.Of(done.Result), SimilarityFigures.Coefficients(done.Result));
                files.Print(session, done, (found, console) => ComparisonView.Draw(found, asked.Measure.Create(), console), table, figure);
                return ExitCode.Done;
            }
        }
    }

    private (ComparedLayer Layer, Specimen? Network) Side(Session session, string text)
    {
        if (ActivationFile.Names(text)) return (new FileLayer(text), null);
        var reference = NetworkReference.ParseLayer(text);
        var specimen = network.Open(session, reference);
        try
        {
            return (new NetworkLayer(specimen, reference.Layer!), specimen);
        }
        catch
        {
            specimen.Dispose();
            throw;
        }
    }
}
