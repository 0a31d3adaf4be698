using System.Runtime.InteropServices;

namespace Golgi.App.Commands;

/// <summary>The first Ctrl-C (or SIGTERM) cancels, and work finishes its step and saves; the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly TextWriter error;
    private readonly PosixSignalRegistration[] registrations;

    public Interruption(TextWriter error)
    {
        this.error = error;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    public CancellationToken Token => source.Token;

    public void Dispose()
    {
        foreach (var registration in registrations) registration.Dispose();
        source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (source.IsCancellationRequested) return; // not cancelled again: the signal's own action ends the process

        context.Cancel = true;
        error.WriteLine("golgi: stopping after this step; once more ends at once.");
        source.Cancel();
    }
}
