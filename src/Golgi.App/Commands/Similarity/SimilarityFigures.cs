using Golgi.App.Report.Plots;
using Golgi.Instruments.Similarity.Comparing;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary>Figures of what the similarity studies found.</summary>
internal static class SimilarityFigures
{
    public static Heatmap Grid(SimilarityGrid grid, string rows, string columns) => new()
    {
        Title = $"{grid.Method} between layers of {rows} and {columns}",
        Rows = grid.Rows,
        Columns = grid.Columns,
        Values = grid.Values,
        RowLabel = rows,
        ColumnLabel = columns,
        High = 1,
        Format = value => value.ToString(".00"),
    };

    public static LinePlot Dynamics(LearningDynamics found) => new()
    {
        Title = "Similarity of each layer to its final state during training",
        X = new Axis { Label = "step" },
        Y = new Axis { Label = $"{found.Method} to the end" },
        Series = [.. found.Layers.Select((layer, i) => new Series(layer, [.. found.Steps.Select(step => (double)step)], found.Similarity[i]))],
    };

    public static LinePlot Directions(DirectionStudy found) => new()
    {
        Title = $"Accuracy with {found.Layer} projected on its first directions",
        X = new Axis { Label = "directions kept", Scale = AxisScale.Log },
        Y = new Axis { Label = "test accuracy" },
        Series = [.. found.Curves.Select(curve =>
            new Series(Words(curve.Source), [.. curve.Directions.Select(k => (double)k)], curve.Accuracy) { Mark = Mark.LineAndPoints })],
    };

    public static LinePlot Compression(IReadOnlyList<CompressionPoint> points) => new()
    {
        Title = "Accuracy of compressed networks against their size",
        X = new Axis { Label = "weights, share of the original" },
        Y = new Axis { Label = "test accuracy" },
        Series = [.. points.GroupBy(point => point.Source).Select(group =>
            new Series(Words(group.Key), [.. group.Select(p => p.Size)], [.. group.Select(p => p.Accuracy)]) { Mark = Mark.LineAndPoints })],
    };

    public static Heatmap Sensitivity(ClassSensitivity found) => new()
    {
        Title = "Correlation of layers with class logits",
        Rows = found.Classes,
        Columns = found.Layers,
        Values = found.Values,
        RowLabel = "class",
        ColumnLabel = "layer",
        High = 1,
        Format = value => value.ToString(".00"),
    };

    public static LinePlot Coefficients(SimilarityComparison found)
    {
        double[] places = [.. Enumerable.Range(1, found.Coefficients.Count).Select(i => (double)i)];
        var ends = new[] { 1.0, Math.Max(2, places.Length) };
        double level = found.Null.Permutation ?? found.Null.Analytic;
        return new LinePlot
        {
            Title = $"Coefficients of {found.Method}",
            X = new Axis { Label = "coefficient" },
            Y = new Axis { Label = found.Method, Min = Math.Min(0, found.Value), Max = 1 },
            Series =
            [
                new Series("coefficients", places, found.Coefficients),
                new Series($"value {found.Value:0.000}", ends, [found.Value, found.Value])
                {
                    Low = [found.Interval.Low, found.Interval.Low],
                    High = [found.Interval.High, found.Interval.High],
                },
                new Series($"unrelated {level:0.000}", ends, [level, level]) { Mark = Mark.Dashed },
            ],
        };
    }

    public static LinePlot Groups(GroupSimilarity found)
    {
        double[] places = [.. Enumerable.Range(1, found.Layers.Count).Select(i => (double)i)];
        return new LinePlot
        {
            Title = $"{found.Method} within and between two groups of networks",
            X = new Axis { Label = "layer", Format = value => found.Layers.ElementAtOrDefault((int)Math.Round(value) - 1) ?? "" },
            Y = new Axis { Label = found.Method },
            Series =
            [
                Line("within the first", found.First), Line("within the second", found.Second), Line("between", found.Between),
                new Series("unrelated", places, found.Nulls) { Mark = Mark.Dashed },
            ],
        };

        Series Line(string name, IReadOnlyList<PairSpread> spread) => new(name, places, [.. spread.Select(part => part.Mean)])
        {
            Mark = Mark.LineAndPoints,
            Low = [.. spread.Select(part => part.Interval.Low)],
            High = [.. spread.Select(part => part.Interval.High)],
        };
    }

    public static string Words(DirectionSource source) => source switch
    {
        DirectionSource.SvccaLogits => "SVCCA, logits",
        DirectionSource.SvccaNetworks => "SVCCA, two networks",
        DirectionSource.Pca => "principal components",
        DirectionSource.Random => "random directions",
        DirectionSource.RandomNeurons => "random neurons",
        _ => "most active neurons",
    };
}
