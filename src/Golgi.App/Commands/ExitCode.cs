namespace Golgi.App.Commands;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The run failed.</summary>
    public const int Failed = 1;

    /// <summary>The input or the options were wrong.</summary>
    public const int BadInput = 2;

    /// <summary>A gate refused the result (too few samples, a check that did not hold).</summary>
    public const int Refused = 3;

    /// <summary>Cancelled by the user; work so far is kept.</summary>
    public const int Cancelled = 130;
}
