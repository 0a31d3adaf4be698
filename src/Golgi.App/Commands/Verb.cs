using System.CommandLine;

namespace Golgi.App.Commands;

/// <summary>One command: typed options as properties, and one <see cref="Run"/> that parses, calls one library method and renders.</summary>
internal abstract class Verb : Command
{
    protected Verb(string name, string description)
        : base(name, description) => SetAction((parse, cancellation) => Task.FromResult(Shell.Run(this, parse, cancellation)));

    /// <summary>Whether the same command goes on where a cancelled one stopped, instead of beginning anew.</summary>
    public virtual bool Continues => false;

    /// <summary>Whether <c>--out</c> named the folder of runs here before there was <c>--runs</c>; it still does, with a warning.</summary>
    public virtual bool OutWasRuns => true;

    /// <summary>Does the work, on the thread that started the process. Exceptions become messages and exit codes in <see cref="Shell"/>.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public abstract int Run(Session session);
}
