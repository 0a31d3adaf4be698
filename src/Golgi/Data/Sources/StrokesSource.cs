using System.Globalization;
using System.Security.Cryptography;
using Golgi.Data.Archives;
using Golgi.Data.Generators;
using Golgi.Foundation;

namespace Golgi.Data.Sources;

/// <summary>The built-in set: <c>strokes</c>, or <c>strokes:COUNT</c> for another number of training digits.</summary>
internal sealed class StrokesSource : DataSource
{
    private const int DefaultTrain = 12000, LargestTrain = 2_000_000;
    private const int TrainPart = 0, ValidationPart = 1, TestPart = 2;

    /// <inheritdoc/>
    public override string Name => "strokes";

    /// <inheritdoc/>
    public override string Usage => "strokes[:COUNT]";

    /// <inheritdoc/>
    public override string Summary =>
        $"built in: digits drawn as pen strokes, 28x28 grey; {DefaultTrain:N0} for training or COUNT, "
        + "a sixth of that each for validation and test";

    /// <inheritdoc/>
    public override IReadOnlyList<DataFile> Files => [];

    /// <inheritdoc/>
    public override bool TakesPath => false;

    /// <inheritdoc/>
    public override DataFolder? Locate(DataOptions options) => null;

    /// <inheritdoc/>
    public override DataSet Open(
        DataRequest request, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        var options = request.Options;
        int whole = CountOf(request.Argument), sixth = Math.Max(1, whole / 6);
        int train = Math.Min(options.TrainLimit ?? whole, whole);
        int validation = options.ValidationCount ?? sixth, test = Math.Min(options.TestLimit ?? sixth, sixth);

        progress?.Report(new WorkProgress("drawing strokes", 0, 0));
        return new DataSet(
            request.Name,
            Strokes.Draw(train, options.Seed, TrainPart, cancellation),
            validation == 0 ? TensorExamples.Empty(1, 28, 28) : Strokes.Draw(validation, options.Seed, ValidationPart, cancellation),
            Strokes.Draw(test, options.Seed, TestPart, cancellation),
            ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            Preprocessing.UnitRange,
            $"strokes v{Strokes.Version} seed={options.Seed} train={train} validation={validation} test={test}");
    }

    /// <inheritdoc/>
    /// <remarks>There is no file; the drawing itself is checked.</remarks>
    public override IReadOnlyList<FileCheck> Verify(
        DataOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        using var digits = Strokes.Draw(1000, seed: 0, TrainPart, cancellation);
        byte[] drawn = [.. digits.Inputs.bytes, .. digits.Labels.data<long>().Select(label => (byte)label)];
        string digest = Convert.ToHexStringLower(SHA256.HashData(drawn));
        var state = digest == Strokes.FirstThousandSha256 ? FileState.Original : FileState.Differs;
        return [new FileCheck("the first 1,000 digits of seed 0, as drawn on this machine", state, digest, Strokes.FirstThousandSha256)];
    }

    private static int CountOf(string? argument)
    {
        if (argument is null) return DefaultTrain;
        return int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= LargestTrain
            ? count
            : throw new ArgumentException(
                $"'strokes:{argument}' does not say how many digits to draw; "
                + $"write a whole number from 1 to {LargestTrain}, as in strokes:60000.",
                nameof(argument));
    }
}
