using System.Diagnostics;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Runs;
using Golgi.Training.Tasks;
using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>
/// Trains in a run's folder: evaluates on a schedule, keeps the best and the last state, logs, and continues an interrupted run
/// to the same bits. The test set is never touched.
/// </summary>
/// <param name="loop">The loop. Borrowed.</param>
/// <param name="network">The loop's network. Borrowed.</param>
/// <param name="task">What it learns.</param>
/// <param name="validation">What it is evaluated on along the way. Borrowed.</param>
/// <param name="preprocessing">From raw inputs to what the network sees.</param>
/// <param name="run">Where checkpoints and measurements go. Borrowed.</param>
public sealed class Trainer(
    TrainingLoop loop, nn.Module<Tensor, Tensor> network, LearningTask task, Examples validation, Preprocessing preprocessing, Run run) : IDisposable
{
    private const string Last = "last", Best = "best", Final = "final";
    private const int Values = 2; // in `best`: the step, the seconds, and from here the metrics
    private readonly Tensor best = zeros(Values + task.Metrics.Count, ScalarType.Float64).DetachFromDisposeScope();
    private readonly Stopwatch watch = new();
    private long saved = Stopwatch.GetTimestamp();

    /// <summary>Where the network lives. Default: the CPU.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Seconds spent in evaluations, in this sitting.</summary>
    public double EvaluationSeconds { get; private set; }

    /// <summary>Trains to the end, from the last checkpoint if there is one.</summary>
    /// <param name="options">How long, and what to do on the way.</param>
    /// <param name="progress">Steps, with loss and primary metric.</param>
    /// <param name="cancellation">Finishes the step under way, saves a checkpoint and throws.</param>
    /// <returns>What came of it. The network holds the final weights; checkpoints <c>final</c> and <c>best</c> are saved.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the same call continues.</exception>
    public TrainingReport Fit(
        TrainerOptions options, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Resume();
        watch.Restart();
        var snapshots = options.SnapshotSteps;
        Evaluation? current = null;
        string detail = "";
        while (true)
        {
            if (snapshots.Contains(loop.Step) && !run.HasCheckpoint(SnapshotName(loop.Step))) Snapshot();
            if (loop.HasPendingLoss && (loop.Step % options.EvaluateEvery == 0 || loop.Step == options.Steps))
            {
                var losses = loop.TakeMeanLosses();
                if (!losses.All(double.IsFinite)) return Diverged(losses);
                current = Evaluate(cancellation);
                Keep(losses, current, options.SaveEvery);
                detail = $"loss {losses[0]:0.0000}, validation {current.Text}";
            }

            if (loop.Step >= options.Steps) break;
            AdvanceWithProgress(NextStop(options, snapshots), options.Steps, detail, progress, cancellation);
        }

        run.SaveCheckpoint(Final, Checkpoint.StateOf(network));
        return Report(TrainingOutcome.Finished, current ?? Evaluate(cancellation));
    }

    /// <inheritdoc/>
    public void Dispose() => best.Dispose();

    private void Resume()
    {
        if (run.HasCheckpoint(Last))
        {
            run.LoadCheckpoint(Last, State);
            loop.StateLoaded();
        }

        run.TrimMetricsAfter(loop.Step); // a kill may have come after the log and before the checkpoint
    }

    private IReadOnlyList<(string Name, Tensor Value)> State => [.. loop.State, ("trainer.best_values", best)];

    private long NextStop(TrainerOptions options, IReadOnlySet<long> snapshots)
    {
        long evaluation = Math.Min(options.Steps, ((loop.Step / options.EvaluateEvery) + 1) * options.EvaluateEvery);
        return snapshots.Where(step => step > loop.Step).Append(evaluation).Min() is var next && next < evaluation ? next : evaluation;
    }

    private void AdvanceWithProgress(
        long stop, long total, string detail, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        long stride = Math.Max(1, total / 200);
        while (loop.Step < stop)
        {
            loop.AdvanceTo(Math.Min(stop, loop.Step + stride), cancellation);
            if (cancellation.IsCancellationRequested) SaveLast();
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(new WorkProgress("training", loop.Step, total, detail));
        }
    }

    private Evaluation Evaluate(CancellationToken cancellation)
    {
        long begin = Stopwatch.GetTimestamp();
        var found = Evaluator.Evaluate(task, network, validation, preprocessing, Device, cancellation: cancellation);
        EvaluationSeconds += Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return found;
    }

    private void Keep(IReadOnlyList<double> losses, Evaluation evaluation, TimeSpan saveEvery)
    {
        var row = Row(losses);
        row["validation_loss"] = evaluation.Loss;
        row[$"validation_{evaluation.PrimaryMetric.Name}"] = evaluation.Primary;
        run.Log(loop.Step, row);
        double[] known = best.data<double>().ToArray();
        if (known[0] == 0 || evaluation.Loss < ValidationOf(known).Loss)
        {
            using var record = tensor([loop.Step, known[1], .. task.Metrics.Select(metric => evaluation[metric.Name])], ScalarType.Float64);
            best.copy_(record);
            run.SaveCheckpoint(Best, Checkpoint.StateOf(network));
        }

        if (Stopwatch.GetElapsedTime(saved) >= saveEvery) SaveLast();
    }

    private void SaveLast()
    {
        saved = Stopwatch.GetTimestamp();
        using var seconds = best[1];
        seconds.add_(watch.Elapsed.TotalSeconds);
        watch.Restart();
        run.SaveCheckpoint(Last, State);
    }

    private void Snapshot() => run.SaveCheckpoint(SnapshotName(loop.Step), Checkpoint.StateOf(network));

    /// <summary>The name of the snapshot's checkpoint of a step.</summary>
    public static string SnapshotName(long step) => $"step-{step:00000000}";

    private TrainingReport Diverged(IReadOnlyList<double> losses)
    {
        run.Log(loop.Step, Row(losses));
        run.SaveCheckpoint(Final, Checkpoint.StateOf(network));
        return Report(TrainingOutcome.Diverged, task.Evaluation(validation.Count, [.. task.Metrics.Select(metric => metric.OfDiverged)]));
    }

    private TrainingReport Report(TrainingOutcome outcome, Evaluation validationNow)
    {
        double[] known = best.data<double>().ToArray();
        return new TrainingReport(
            outcome, loop.Step, validationNow, (long)known[0], ValidationOf(known), known[1] + watch.Elapsed.TotalSeconds);
    }

    private Evaluation ValidationOf(double[] known) => task.Evaluation(validation.Count, known[Values..]);

    private Dictionary<string, double> Row(IReadOnlyList<double> losses) => loop.TurnNames.Zip(losses).ToDictionary(
        entry => entry.First.Length == 0 ? "train_loss" : $"train_loss_{entry.First}", entry => entry.Second);
}
