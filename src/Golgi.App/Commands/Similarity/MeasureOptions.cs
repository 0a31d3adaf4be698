using System.CommandLine;
using System.Globalization;
using Golgi.App.Commands.Options;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Whitening;

namespace Golgi.App.Commands.Similarity;

/// <summary>The options that choose a measure, shared by the verbs that compare.</summary>
internal sealed class MeasureOptions
{
    /// <summary>Makes them.</summary>
    /// <param name="usual">The measure that is taken if none is named.</param>
    public MeasureOptions(string usual)
    {
        Method = new Option<string>("--method")
        {
            Description =
                "cca, svcca, pwcca, cka, cka-debiased, cka-minibatch, cka-rbf, procrustes, rsa, cca-squared or regression. cca sees only which "
                + "directions there are; svcca drops those of least variance; cka and procrustes weigh directions by variance.",
            DefaultValueFactory = _ => usual,
        };
        Keep.OnlyFor(Method, "svcca");
        WeightsFrom.OnlyFor(Method, "pwcca");
        Bandwidth.OnlyFor(Method, "cka-rbf");
        Batch.OnlyFor(Method, "cka-minibatch");
    }

    public Option<string> Method { get; }

    public Option<string> Keep { get; } = new("--keep")
    {
        Description = "What svcca keeps of each side: 0.99 (share of variance), sv:0.99 (share of the sum of singular values, as in the paper's "
            + "appendix), 20 (directions).",
        DefaultValueFactory = _ => "0.99",
    };

    public Option<Side> WeightsFrom { get; } = new("--weights-from")
    {
        Description = "The side whose neurons weigh pwcca: left or right.",
        DefaultValueFactory = _ => Side.Left,
    };

    public Option<double> Bandwidth { get; } = new("--bandwidth")
    {
        Description = "Width of cka-rbf's kernel in median distances.",
        DefaultValueFactory = _ => 1,
    };

    public Option<long> Batch { get; } = new("--batch")
    {
        Description = "Rows of a batch for cka-minibatch.",
        DefaultValueFactory = _ => BatchedCka.UsualBatch,
    };

    public IEnumerable<Option> All => [Method, Keep, WeightsFrom, Bandwidth, Batch];

    /// <summary>The measure that the user asked for.</summary>
    /// <exception cref="ArgumentException">There is none of that name, or a value is out of range.</exception>
    public Measure Of(Session session)
    {
        string name = session.Value(Method);
        return name switch
        {
            "svcca" => new Svcca(Truncation(session.Value(Keep))),
            "pwcca" => new Pwcca(session.Value(WeightsFrom)),
            "cka-minibatch" => new BatchedCka(session.Value(Batch)),
            "cka-rbf" => new RbfCka(session.Value(Bandwidth)),
            _ => Measure.Named(name),
        };
    }

    /// <summary>The same where only measures on whitened layers will do.</summary>
    /// <exception cref="ArgumentException">The measure looks at pairs of samples, or needs sums that whitened layers do not hold.</exception>
    public BasisMeasure OnBases(Session session) =>
        Of(session) is BasisMeasure { NeedsNorms: RowNorms.Ignored } basis
            ? basis
            : throw new ArgumentException(
                $"{session.Value(Method)} does not follow from whitened layers alone; take cca, svcca, pwcca, cka, procrustes, cca-squared or "
                    + "regression.");

    private static Truncation Truncation(string text)
    {
        bool singular = text.StartsWith("sv:", StringComparison.Ordinal);
        if (!double.TryParse(singular ? text[3..] : text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || value <= 0)
        {
            throw new ArgumentException($"--keep '{text}' is not understood; write 0.99, sv:0.99 or a number of directions such as 20.");
        }

        if (singular) return Golgi.Instruments.Similarity.Whitening.Truncation.SingularValues(value);
        if (value < 1 || text.Contains('.')) return Golgi.Instruments.Similarity.Whitening.Truncation.Variance(value);
        return Golgi.Instruments.Similarity.Whitening.Truncation.Fixed((long)value);
    }
}
