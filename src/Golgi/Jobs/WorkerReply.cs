namespace Golgi.Jobs;

/// <summary>A line that a worker writes: how far it is, or how the job ended.</summary>
/// <param name="Task">What is being done.</param>
/// <param name="Done">Steps done.</param>
/// <param name="Total">Steps in all.</param>
/// <param name="Ended">How the job ended; null while it goes on.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record WorkerReply(string Task, long Done, long Total, WorkerReply.End? Ended = null, string? Error = null)
{
    /// <summary>How a job ends.</summary>
    internal enum End
    {
        /// <summary>Its result is in its folder.</summary>
        Finished,

        /// <summary>It stopped when it was told to.</summary>
        Stopped,

        /// <summary>What it was given was wrong.</summary>
        BadInput,

        /// <summary>It failed.</summary>
        Failed,
    }
}
