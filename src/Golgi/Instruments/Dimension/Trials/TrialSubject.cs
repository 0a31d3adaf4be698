using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Training;
using Golgi.Training.Tasks;

namespace Golgi.Instruments.Dimension.Trials;

/// <summary>What a problem's trials train, and how their runs name it.</summary>
internal sealed class TrialSubject
{
    // What only says how a data set is learned; a trainable that is given knows that itself.
    private static readonly string[] OfData = ["initialization", "batch", "disorder", "train_limit"];
    private readonly DimensionProblem problem;
    private readonly DataSet? data;
    private readonly Lazy<Trainable> trainable;

    /// <summary>The network that a problem names, on the data that it names.</summary>
    /// <param name="problem">Names both.</param>
    /// <param name="data">The problem's data set. Borrowed.</param>
    /// <exception cref="FileNotFoundException">It names a file that is not there.</exception>
    public TrialSubject(DimensionProblem problem, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(data);
        (this.problem, this.data) = (problem, data);
        if (Files.FirstOrDefault(file => !File.Exists(file)) is { } missing)
        {
            throw new FileNotFoundException($"There is no file '{missing}'.", missing);
        }

        trainable = new Lazy<Trainable>(() => Comparable(problem.TrainableOn(data)));
    }

    /// <summary>A trainable that is given.</summary>
    /// <param name="problem">How it is trained: <see cref="DimensionProblem.Of"/>, and what is to be otherwise.</param>
    /// <param name="trainable">Borrowed.</param>
    /// <exception cref="ArgumentException">The problem names another one, or less is better by its metric.</exception>
    public TrialSubject(DimensionProblem problem, Trainable trainable)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(trainable);
        if ((problem.Model, problem.Data) != (trainable.Name, trainable.Source))
        {
            throw new ArgumentException(
                $"The problem names {problem.Model} on {problem.Data}, the trainable is {trainable.Name} on {trainable.Source}; "
                + "make the problem by DimensionProblem.Of(trainable).", nameof(problem));
        }

        this.problem = problem;
        this.trainable = new Lazy<Trainable>(Comparable(trainable));
    }

    /// <summary>What is trained.</summary>
    public Trainable Trainable => trainable.Value;

    /// <summary>The problem as results show it: a file by its name, not by its place.</summary>
    public DimensionProblem Shown => Files.Count == 0 ? problem : problem with { Model = string.Join('+', Files.Select(Path.GetFileName)) };

    /// <summary>The settings on which results depend, as JSON: the start and a network's file by their digests and not by their place.</summary>
    public JsonObject Options
    {
        get
        {
            var json = Json(Shown with { From = null });
            if (data is not null) return json;
            foreach (string name in OfData) json.Remove(name);
            return json;
        }
    }

    /// <summary>What another process needs to make the same trial; null where none can, because the trainable is an object of this one.</summary>
    public JsonObject? Request => data is null ? null : Json(problem);

    /// <summary>What it is about, by digests.</summary>
    public Dictionary<string, string> Inputs
    {
        get
        {
            var inputs = data is null
                ? new Dictionary<string, string> { ["trainable"] = Trainable.Identity }
                : new Dictionary<string, string> { ["data_identity"] = data.Identity };
            if (Files.Count > 0) inputs["network_digest"] = string.Join('+', Files.Select(file => Digest.OfUnchangedFile(file)));
            if (Files.Count > 0 && problem.Preparation is { } preparation) inputs["preparation"] = preparation;
            if (problem.From is not null) inputs["from_digest"] = Digest.OfUnchangedFile(problem.From);
            return inputs;
        }
    }

    private IReadOnlyList<string> Files => data is null ? [] : problem.ModelFiles;

    private static JsonObject Json(DimensionProblem problem) => JsonSerializer.SerializeToNode(problem, RunJson.Format)!.AsObject();

    private static Trainable Comparable(Trainable trainable) => trainable.Primary.Direction == Direction.MoreIsBetter
        ? trainable
        : throw new ArgumentException(
            $"{trainable.Name} on {trainable.Source} is measured by {trainable.Primary.Name}, of which less is better; a dimension is the fewest "
            + "that reach a share of the baseline, which needs a metric of which more is better, such as accuracy.");
}
