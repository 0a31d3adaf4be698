using System.CommandLine;
using Golgi.Foundation;
using TorchSharp;

namespace Golgi.App.Commands;

/// <summary>Turns what a command throws into a message on standard error and an exit code; a user's mistake never shows a stack trace.</summary>
internal static class Shell
{
    public static int Run(Verb verb, ParseResult parse, CancellationToken cancellation)
    {
        var session = new Session(parse, cancellation);
        try
        {
            if (session.Threads is { } threads) torch.set_num_threads(threads);
            if (session.OutMeansRuns)
            {
                session.Say(
                    "golgi: --out is taken for the folder of runs, as before; write --runs for it. --out will be a copy of what people look at.");
            }

            int code = verb.Run(session);
            session.SayWhatHadNoEffect();
            return code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            session.Say(verb.Continues
                ? "Cancelled. What was finished is kept; the same command continues from there."
                : "Cancelled. Nothing is kept; the same command begins anew.");
            return ExitCode.Cancelled;
        }
        catch (RefusedException error)
        {
            session.Fail(error);
            return ExitCode.Refused;
        }
        catch (Exception error) when (error is ArgumentException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            session.Fail(error);
            return ExitCode.BadInput;
        }
        catch (Exception error)
        {
            session.Fail(error);
            return ExitCode.Failed;
        }
    }
}
