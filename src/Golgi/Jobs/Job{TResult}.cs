namespace Golgi.Jobs;

/// <summary>
/// One computation with its result: options, identity, <see cref="Execute"/>. A job says what is computed; where runs lie, who computes and
/// who watches is the business of the <see cref="Workspace"/> that runs it.
/// </summary>
/// <typeparam name="TResult">A record that JSON can carry; large things (pictures, tables, weights) are files in the run's
/// <c>artifacts</c>.</typeparam>
/// <remarks>A finished job is never repeated, a stopped one continues from what it kept in its run.</remarks>
public abstract class Job<TResult> : Job
    where TResult : class
{
    /// <summary>Computes.</summary>
    /// <param name="context">The run's folder, progress, cancellation, and who computes parts.</param>
    /// <returns>The result, which is written into the run's folder.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the same job continues.</exception>
    public abstract TResult Execute(JobContext context);

    internal sealed override void Complete(JobContext context) => Finish(context);

    internal Completed<TResult> Finish(JobContext context)
    {
        var result = Execute(context);
        context.Run.Finish(result);
        return new Completed<TResult>(context.Run.Folder, result, Remembered: false);
    }
}
