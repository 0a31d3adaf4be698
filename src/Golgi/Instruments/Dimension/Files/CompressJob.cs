using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Opening;
using Golgi.Training.Tasks;
using Golgi.Training;
using static TorchSharp.torch;

namespace Golgi.Instruments.Dimension.Files;

/// <summary>Trains a network in a subspace, writes it as a seed and coordinates (<c>network.gkn</c> among the run's artifacts), and measures what
/// the file's network knows.</summary>
public sealed class CompressJob : Job<CompressionReport>
{
    /// <summary>The file's name among the run's artifacts.</summary>
    public const string FileName = "network.gkn";

    private readonly DimensionProblem problem;
    private readonly DataSet data;
    private readonly int dimension;
    private readonly CoordinateCode code;
    private readonly TrialSubject subject;

    /// <summary>Puts the job together.</summary>
    /// <param name="problem">What is trained. Its projection must cover the whole network, from first weights.</param>
    /// <param name="data">The problem's data set. Borrowed.</param>
    /// <param name="dimension">d.</param>
    /// <param name="code">How coordinates are written.</param>
    /// <exception cref="ArgumentException">The problem starts from given weights, freezes some, or spreads over layers: no seed makes
    /// that. Or its network comes from a file: no name makes that.</exception>
    public CompressJob(DimensionProblem problem, DataSet data, int dimension, CoordinateCode code)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(code);
        if (problem is not { From: null, Frozen.Count: 0, Spread: SubspaceLayout.Whole, BurnIn: 0, Projection: not DimensionProblem.Trajectory })
        {
            throw new ArgumentException(
                "Only a network trained as a whole from first weights in a random subspace can be made from a seed; "
                + "leave out --from, --freeze, --spread, --burn-in and the projection trajectory.");
        }

        if (NetworkReference.Parse(problem.Model).Kind == NetworkKind.File)
        {
            throw new ArgumentException(
                $"{Path.GetFileName(problem.Model)} is no architecture of the catalog. A file of kilobytes holds a seed, coordinates and the "
                + "name of an architecture, from which anyone can build the network; what stands in another file it does not hold. "
                + "Name an architecture: "
                + $"{string.Join(", ", ModelCatalog.All.Select(entry => entry.Name))}.", nameof(problem));
        }

        (this.problem, this.data, this.dimension, this.code) = (problem, data, dimension, code);
        subject = new TrialSubject(problem, data);
    }

    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("dimension-compress", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => $"{problem.Data}-{problem.Model}-d{dimension}";

    /// <inheritdoc/>
    public override JsonObject Options => With(subject.Options);

    /// <inheritdoc/>
    public override JsonObject? Request => subject.Request is { } json ? With(json) : null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs => subject.Inputs;

    /// <inheritdoc/>
    public override CompressionReport Execute(JobContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var threads = new ThreadScope(problem.Threads);
        using var setting = new TrialSetting(problem, subject.Trainable, 0, context.Progress, context.Cancellation);
        using var method = setting.Method(dimension);
        setting.Train(method, setting.Rates(dimension)[0]);
        double exact = Accuracy(setting.Network, data.Test, data.Preprocessing, context.Cancellation);
        float[] coordinates = method.Coordinates.data<float>().ToArray();
        byte[] written = code.Encode(coordinates);
        var network = new KilobyteNetwork(
            problem.Model, data.InputShape, data.OutputCount, problem.Initialization, data.Preprocessing,
            method is Golgi.Weights.Subspace subspace ? subspace.Projection.Kind : problem.Projection,
            setting.Seed, dimension, code, written);
        long bytes = KilobyteFile.Write(context.Run.ArtifactPath(FileName), network);

        using var expanded = network.Expand();
        double bits = (8.0 * (bytes - written.Length)) + code.Information(written, dimension);
        double trainError = 1 - Accuracy(expanded, data.Train, data.Preprocessing, context.Cancellation);
        return new CompressionReport(
            FileName, bytes, setting.Weights.Count, dimension, code.ToString(),
            Accuracy(expanded, data.Test, data.Preprocessing, context.Cancellation), exact, Predictions(expanded, data, context.Cancellation), bits,
            4.0 * setting.Weights.Count / bytes, trainError + OccamBound(bits, data.Train.Count));
    }

    private JsonObject With(JsonObject options)
    {
        options["dimension"] = dimension;
        options["code"] = code.ToString();
        return options;
    }

    /// <summary>SHA-256 over the predicted classes of all test examples, in order.</summary>
    /// <param name="network">Borrowed.</param>
    /// <param name="data">Its test set is predicted. Borrowed.</param>
    /// <param name="cancellation">Stops between batches.</param>
    public static string Predictions(nn.Module<Tensor, Tensor> network, DataSet data, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var mode = new EvaluationMode(network);
        for (long start = 0; start < data.Test.Count; start += 500)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var inputs = data.Preprocessing.Apply(data.Test.Read(arange(start, Math.Min(start + 500, data.Test.Count))));
            hash.AppendData(network.call(inputs).argmax(1).bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>How far the error on new data may lie above the training error, with probability 0.95, for any network that a text of so many bits
    /// can say:
    /// √((K ln 2 + ln 20) / 2n), with K the bits and two for each binary digit of their number, which makes the texts prefix-free.</summary>
    /// <param name="bits">Length of the description.</param>
    /// <param name="examples">n, training examples.</param>
    internal static double OccamBound(double bits, long examples) =>
        Math.Sqrt((((bits + (2 * Math.Log2(bits))) * Math.Log(2)) + Math.Log(20)) / (2.0 * examples));

    private static double Accuracy(
        nn.Module<Tensor, Tensor> network, Examples examples, Preprocessing preprocessing, CancellationToken cancellation) =>
        Evaluator.Evaluate(LearningTask.For(examples), network, examples, preprocessing, cancellation: cancellation).Primary;
}
