namespace Golgi.Foundation;

/// <summary>How far a long call has come, as it tells <c>IProgress&lt;WorkProgress&gt;</c>.</summary>
/// <param name="Task">What is being done, in words: "training", "level 3 of 10".</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all; 0 where that is unknown.</param>
/// <param name="Detail">A short status beside the bar: "loss 0.031, accuracy 0.979".</param>
/// <param name="Picture">Draws what the work looks like now; valid only while it is being reported. Null: nothing to see.</param>
public readonly record struct WorkProgress(
    string Task, long Done, long Total, string? Detail = null, Func<Thumbnail>? Picture = null);
