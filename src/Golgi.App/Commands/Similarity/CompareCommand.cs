using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Rows;
using Golgi.Instruments.Similarity.Spectral;

namespace Golgi.App.Commands.Similarity;

/// <summary><c>golgi similarity compare A B</c>: one number with its nulls, interval and held-out value.</summary>
internal sealed class CompareCommand : Verb
{
    private readonly MeasureOptions measure = new("svcca");
    private readonly SpatialOption spatial = new("flatten for files, pool for networks", usualFrequencies: null);
    private readonly ResultFiles files = new();

    public CompareCommand()
        : base(
            "compare",
            "Compares two sets of activations over the same samples (rows). Prints the similarity beside what unrelated layers would give, "
            + "an interval, and the value on held-out halves. Too few samples are refused (exit code 3).")
    {
        Arguments.Add(A);
        Arguments.Add(B);
        foreach (var option in measure.All) Options.Add(option);
        spatial.AddTo(this);
        Options.Add(Data);
        Options.Add(Examples);
        Options.Add(Permutations);
        Options.Add(FewSamples);
        Options.Add(Details);
        files.AddTo(this);
    }

    public Argument<string> A { get; } = new("A") { Description = $"The one side: {LayerSource.Usage}." };

    public Argument<string> B { get; } = new("B") { Description = "The other side, its rows in the same order." };

    public Option<string?> Data { get; } =
        new("--data") { Description = "Data set that networks are shown (its test part). Default: the one that the run was trained on." };

    public Option<long> Examples { get; } = new("--examples")
    {
        Description = "At most this many examples are shown to networks.",
        DefaultValueFactory = _ => 10_000,
    };

    public Option<int?> Permutations { get; } = new("--permutations")
    {
        Description = "Shuffled pairings behind the permutation null. Default: from 3 to 100, as many as take a few seconds.",
    };

    public Option<FewSamples> FewSamples { get; } = new("--few-samples")
    {
        Description = "What to do where directions outnumber samples, so that a similarity of 1 comes by itself: refuse or warn.",
        DefaultValueFactory = _ => Golgi.Instruments.Similarity.Comparing.FewSamples.Refuse,
    };

    public Option<bool> Details { get; } = new("--details")
    {
        Description = "With --json: also the held-out value, p, excess over the null, samples and warnings.",
    };

    public override int Run(Session session)
    {
        var options = new ComparisonOptions
        {
            Seed = (ulong)session.Seed,
            Permutations = session.Value(Permutations),
            FewSamples = session.Value(FewSamples),
        };
        var chosen = measure.Of(session);
        var result = spatial.PerFrequency(session) ? PerFrequency(session, chosen, options) : OnRows(session, chosen, options);
        foreach (string warning in result.Warnings) session.Say($"golgi: {warning}");
        files.Write(session, SimilarityTables.Of(result), SimilarityFigures.Coefficients(result));
        if (session.Json && !session.Value(Details)) session.Print(ComparisonLine.Of(result), (_, _) => { });
        else session.Print(result, (comparison, console) => ComparisonView.Draw(comparison, chosen, console));
        return ExitCode.Done;
    }

    private SimilarityComparison OnRows(Session session, Measure chosen, ComparisonOptions options)
    {
        using var left = LayerSource.Open(session.Value(A), Reading, session.Value(Data), session.Value(Examples), session);
        using var right = LayerSource.Open(session.Value(B), Reading, session.Value(Data), session.Value(Examples), session);
        return session.Track(progress => new Comparer(options).Compare(left, right, chosen, progress, session.Cancellation));

        MapReading Reading(MapReading usual) => spatial.Reading(session, usual);
    }

    private SimilarityComparison PerFrequency(Session session, Measure chosen, ComparisonOptions options)
    {
        using var left = LayerSource.Spectrum(session.Value(A), spatial.Most(session), session.Value(Data), session.Value(Examples), session);
        using var right = LayerSource.Spectrum(session.Value(B), spatial.Most(session), session.Value(Data), session.Value(Examples), session);
        return session.Track(progress => SpectralComparison.Of(left, right, chosen, options, progress, session.Cancellation));
    }
}
