using System.Globalization;
using Golgi.Data.Archives;
using Golgi.Foundation;
using Golgi.Numerics.Random;
using static TorchSharp.torch;

namespace Golgi.Data.Sources;

/// <summary>The user's own table: <c>csv:PATH#LABEL</c>. Columns of numbers are standardized, others one-hot, by what
/// the training rows hold; 15 % of the rows each are held out for validation and test.</summary>
internal sealed class CsvSource : DataSource
{
    private const double HeldOut = 0.15;
    private const ulong RowStream = 0x4353_5600;
    private const int MostClasses = 1000;

    /// <inheritdoc/>
    public override string Name => "csv";

    /// <inheritdoc/>
    public override string Usage => "csv:PATH[#LABEL]";

    /// <inheritdoc/>
    public override string Summary =>
        "your own table with a line of names (.csv or .csv.gz); LABEL is the class's column, otherwise the last; "
        + "columnN if there are no names; a column of numbers with fractions is learned as numbers";

    /// <inheritdoc/>
    public override IReadOnlyList<DataFile> Files => [];

    /// <inheritdoc/>
    public override bool TakesPath => true;

    /// <inheritdoc/>
    public override DataFolder? Locate(DataOptions options) => null;

    /// <inheritdoc/>
    public override IReadOnlyList<FileCheck> Verify(
        DataOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default) => [];

    /// <inheritdoc/>
    public override DataSet Open(
        DataRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (string.IsNullOrEmpty(request.Argument)) throw new ArgumentException("'csv:' names no file; write csv:PATH#LABEL.");
        int hash = request.Argument.LastIndexOf('#');
        string path = hash < 0 ? request.Argument : request.Argument[..hash];
        if (!File.Exists(path)) throw new FileNotFoundException($"There is no file '{path}'; write csv:PATH#LABEL with a table's path.", path);
        progress?.Report(new WorkProgress($"reading {Path.GetFileName(path)}", 0, 0));
        var table = CsvTable.Read(path, hash < 0 ? null : request.Argument[(hash + 1)..]);
        string label = hash < 0 ? table.Columns[^1] : request.Argument[(hash + 1)..];
        int labelColumn = table.Columns.ToList().IndexOf(Check.Known(label, table.Columns, "column", nameof(request)));
        string[] classes = [.. table.Rows.Select(row => row[labelColumn]).Distinct().Order(StringComparer.Ordinal)];
        bool values = AreValues(classes);
        if (classes.Length < 2 || (classes.Length > MostClasses && !values) || table.Columns.Count < 2)
        {
            throw new InvalidDataException(
                $"{path}: the label '{label}' has {classes.Length} different values beside {table.Columns.Count - 1} other columns; "
                + $"there must be 2 to {MostClasses} classes, or numbers, and a feature.");
        }

        try
        {
            return Divide(request, table, labelColumn, values ? [] : classes, Digest.OfUnchangedFile(path));
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>Numbers to be told, not classes: with a fraction somewhere, or too many for classes.</summary>
    private static bool AreValues(string[] different)
    {
        double?[] numbers = [.. different.Select(Number)];
        return numbers.All(number => number is not null) && (different.Length > MostClasses || numbers.Any(number => number % 1 != 0));
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    private static DataSet Divide(DataRequest request, CsvTable table, int labelColumn, string[] classes, string digest)
    {
        var options = request.Options;
        int tests = Math.Max(1, (int)(table.Rows.Count * HeldOut)), held = options.ValidationCount ?? tests;
        int available = table.Rows.Count - tests - held;
        if (available < 1) throw new InvalidDataException($"{table.Rows.Count} rows are too few for {tests} test and {held} validation rows.");

        long[] order = new Philox((ulong)options.Seed, RowStream).Permutation(table.Rows.Count);
        string[][] rows = [.. order.Select(i => table.Rows[(int)i])];
        string[][] test = rows[..Math.Min(tests, options.TestLimit ?? tests)], validation = rows[tests..(tests + held)];
        string[][] train = rows[(tests + held)..][..Math.Min(available, options.TrainLimit ?? available)];
        var columns = Enumerable.Range(0, table.Columns.Count).Where(i => i != labelColumn);
        CsvFeature[] features = [.. columns.Select(i => CsvFeature.Of(i, table.Columns[i], train))];
        var places = classes.Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => (long)pair.i);
        TensorExamples Encode(string[][] part) => Examples(part, features, classes.Length == 0
            ? tensor([.. part.Select(row => (float)Number(row[labelColumn])!.Value)], [part.Length, 1], ScalarType.Float32)
            : tensor([.. part.Select(row => places[row[labelColumn]])], ScalarType.Int64));
        return new DataSet(
            request.Name,
            Encode(train),
            Encode(validation),
            Encode(test),
            classes.Length == 0 ? [table.Columns[labelColumn]] : classes,
            Preprocessing.None,
            $"csv {digest} label={table.Columns[labelColumn]} {Split.Identity(options, held)}")
        {
            FeatureNames = [.. features.SelectMany(feature => feature.Names)],
        };
    }

    private static TensorExamples Examples(string[][] rows, CsvFeature[] features, Tensor targets)
    {
        int width = features.Sum(feature => feature.Width);
        float[] values = new float[(long)rows.Length * width];
        for (int i = 0; i < rows.Length; i++)
        {
            int at = i * width;
            foreach (var feature in features)
            {
                feature.Write(rows[i], values.AsSpan(at, feature.Width));
                at += feature.Width;
            }
        }

        using var scope = NewDisposeScope();
        return new TensorExamples(tensor(values, [rows.Length, width], ScalarType.Float32), targets);
    }
}
