using Golgi.Foundation;

namespace Golgi.Training;

/// <summary>How long to train, and what to do on the way.</summary>
public sealed record TrainerOptions
{
    /// <summary>Steps in all.</summary>
    public required long Steps { get => field; init => field = Check.Positive(value, nameof(Steps)); }

    /// <summary>Steps between evaluations on the validation set, logs and checkpoints.</summary>
    public required long EvaluateEvery { get => field; init => field = Check.Positive(value, nameof(EvaluateEvery)); }

    /// <summary>How long a checkpoint to continue from must be old before the next one is written; a stop always writes one. Default 0: one at
    /// every evaluation.</summary>
    public TimeSpan SaveEvery { get; init; }

    /// <summary>How many snapshots of the network to keep along the way, evenly spaced, the start and the end among them; 0: none.</summary>
    public int Snapshots { get => field; init => field = (int)Check.InRange(value, 0, 100_000, nameof(Snapshots)); }

    /// <summary>Steps at which snapshots are kept beside the evenly spaced ones. Default: none.</summary>
    public IReadOnlyList<long> SnapshotsAt { get; init; } = [];

    /// <summary>The steps at which snapshots are taken.</summary>
    public IReadOnlySet<long> SnapshotSteps => new SortedSet<long>([.. SnapshotsAt, .. Even]);

    private IEnumerable<long> Even => Snapshots switch
    {
        0 => [],
        1 => [Steps],
        _ => Enumerable.Range(0, Snapshots).Select(i => (long)Math.Round((double)Steps * i / (Snapshots - 1))),
    };
}
