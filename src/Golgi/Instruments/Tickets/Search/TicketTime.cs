namespace Golgi.Instruments.Tickets.Search;

/// <summary>Where the time of a search went, in seconds over all levels and controls, those read from finished runs included.</summary>
/// <param name="Seconds">All.</param>
/// <param name="Compute">Forward and backward passes of training.</param>
/// <param name="Updates">The rest of the training steps: reading batches, masks, the optimizer.</param>
/// <param name="Evaluation">Evaluations on the validation and test sets, nearly all of it forward passes.</param>
public sealed record TicketTime(double Seconds, double Compute, double Updates, double Evaluation)
{
    /// <summary>Checkpoints, tickets, making networks.</summary>
    public double Rest => Seconds - Compute - Updates - Evaluation;

    /// <summary>Share of the time outside forward and backward passes of training.</summary>
    public double Overhead => Seconds > 0 ? 1 - (Compute / Seconds) : 0;

    /// <summary>Share of the time outside any forward or backward pass: evaluations are forward passes.</summary>
    public double OverheadWithoutEvaluation => Seconds > 0 ? (Updates + Rest) / Seconds : 0;

    internal static TicketTime Of(IReadOnlyList<TicketLevel> levels) => new(
        levels.Sum(one => one.Seconds), levels.Sum(one => one.ComputeSeconds),
        levels.Sum(one => one.StepSeconds - one.ComputeSeconds), levels.Sum(one => one.EvaluationSeconds));
}
