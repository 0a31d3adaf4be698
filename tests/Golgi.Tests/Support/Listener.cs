using Golgi.Foundation;

namespace Golgi.Tests.Support;

/// <summary>Hears of progress at once, on the thread that works; .NET's own <see cref="Progress{T}"/> posts it elsewhere.</summary>
internal sealed class Listener(Action<WorkProgress> hear) : IProgress<WorkProgress>
{
    public void Report(WorkProgress value) => hear(value);
}
