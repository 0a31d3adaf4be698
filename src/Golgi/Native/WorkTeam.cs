namespace Golgi.Native;

/// <summary>Threads that share short pieces of work, one region after another, without going to sleep in between.</summary>
/// <remarks>A network's layers take some tens of microseconds each; waking a sleeping thread costs as much. Helpers are woken once,
/// by <see cref="Open"/>, watch for work until the team is disposed, and then sleep. On processors that others need they give
/// way. One team works at a time: a second opened meanwhile works alone.</remarks>
internal sealed class WorkTeam : IDisposable
{
    // Looks at the next job before a waiting thread lets others have the processor: some microseconds.
    private const int Patience = 200;

    private static readonly Lock Busy = new();
    private static readonly List<SemaphoreSlim> Helpers = [];
    private readonly bool held;
    private volatile Job? current;
    private volatile bool closed;

    private WorkTeam(bool held) => this.held = held;

    /// <summary>Wakes a team of <paramref name="threads"/>, the caller included.</summary>
    public static WorkTeam Open(int threads)
    {
        if (threads < 2 || !Busy.TryEnter()) return new WorkTeam(held: false);
        var team = new WorkTeam(held: true);
        while (Helpers.Count < threads - 1)
        {
            var bell = new SemaphoreSlim(0);
            Helpers.Add(bell);
            new Thread(() => Serve(bell)) { IsBackground = true, Name = "Golgi inference" }.Start();
        }

        opened = team;
        foreach (var bell in Helpers.Take(threads - 1)) bell.Release();
        return team;
    }

    /// <summary>Does pieces 0 to <paramref name="count"/> − 1, in any order, and returns when all are done.</summary>
    public void Run(int count, Action<int> piece)
    {
        if (!held || count < 2)
        {
            for (int i = 0; i < count; i++) piece(i);
            return;
        }

        var job = new Job(count, piece);
        current = job;
        job.Work();
        for (int turn = 0; !job.IsDone; turn++) Pause(turn);
        current = null;
        if (job.Error is { } error) throw new InvalidOperationException(error.Message, error);
    }

    /// <summary>Lets the helpers sleep.</summary>
    public void Dispose()
    {
        closed = true;
        if (held) Busy.Exit();
    }

    // The team that helpers serve when they are woken.
    private static volatile WorkTeam? opened;

    private static void Serve(SemaphoreSlim bell)
    {
        while (true)
        {
            bell.Wait();
            if (opened is not { } team) continue;
            Job? last = null;
            for (int turn = 0; !team.closed; turn++)
            {
                if (team.current is { } job && job != last)
                {
                    job.Work();
                    last = job;
                    turn = 0;
                }

                Pause(turn);
            }
        }
    }

    private static void Pause(int turn)
    {
        if (turn < Patience) Thread.SpinWait(10);
        else Thread.Yield();
    }

    private sealed class Job(int count, Action<int> piece)
    {
        private int next = -1;
        private int done;

        public bool IsDone => Volatile.Read(ref done) >= count;

        public Exception? Error { get; private set; }

        public void Work()
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                try
                {
                    piece(i);
                }
                catch (Exception error) when (error is not OutOfMemoryException)
                {
                    Error = error; // told by the thread that waits
                }

                Interlocked.Increment(ref done);
            }
        }
    }
}
