using TorchSharp;

namespace Golgi.Native;

/// <summary>The one door to what this library changes about native code: nothing happens before it is opened.</summary>
/// <remarks>A program calls <see cref="Apply"/> once, as its first line. What each repair mends, and what is wrong without it, stands in
/// docs/concepts/native.md. On other systems than Linux nothing is changed.</remarks>
public static class NativeRepairs
{
    /// <summary>The environment variable that leaves repairs out: <c>off</c> for all, or some of <c>caches,scalars,waits,blocks</c>.</summary>
    public const string Variable = "GOLGI_NATIVE";

    private static readonly Lock Gate = new();
    private static volatile NativeRepairReport? report;

    /// <summary>What was done in this process, as it now stands; null before <see cref="Apply"/>.</summary>
    public static NativeRepairReport? Report => report;

    /// <summary>Mends what is wrong with libtorch and its binding on this machine, at once or at the first call of libtorch. Only the first call
    /// has an effect; later ones return what it did.</summary>
    /// <param name="options">What is left out; nothing where null.</param>
    /// <returns>What became of each repair. Those that wait for libtorch are told in <see cref="Report"/> later.</returns>
    /// <exception cref="ArgumentException">The environment variable names something unknown.</exception>
    public static NativeRepairReport Apply(NativeRepairOptions? options = null)
    {
        NativeRepair[] leftOut = [.. options?.LeaveOut ?? [], .. NativeRepairOptions.Parse(Environment.GetEnvironmentVariable(Variable))];
        lock (Gate)
        {
            if (report is not null) return report;
            bool late = FirstCall.IsPast;
            NativeRepairOutcome[] outcomes =
            [
                .. Enum.GetValues<NativeRepair>().Select(repair => leftOut.Contains(repair)
                    ? new(repair, NativeRepairState.LeftOut, "as asked")
                    : Begin(repair, late)),
            ];
            report = new NativeRepairReport(outcomes);
            if (!outcomes.Any(outcome => outcome.State == NativeRepairState.Pending) || FirstCall.Await(typeof(torch).Assembly)) return report;
            foreach (var outcome in outcomes.Where(outcome => outcome.State == NativeRepairState.Pending))
            {
                report = report.With(outcome with
                {
                    State = NativeRepairState.Impossible,
                    Text = "the program has a resolver of its own for TorchSharp's native libraries",
                });
            }

            return report;
        }
    }

    /// <summary>Whether a repair waits for the first call of libtorch.</summary>
    internal static bool Awaits(NativeRepair repair) => report?[repair].State == NativeRepairState.Pending;

    /// <summary>Notes what became of a repair that waited.</summary>
    internal static void Note(NativeRepairOutcome outcome)
    {
        lock (Gate) report = report!.With(outcome);
    }

    private static NativeRepairOutcome Begin(NativeRepair repair, bool late) => repair switch
    {
        NativeRepair.HiddenCaches => HiddenCaches.Begin(late),
        NativeRepair.ScalarLifetime => ScalarLifetime.Begin(late),
        NativeRepair.ShortWaits => OpenMp.WaitBriefly(late),
        _ => LargeBlocks.KeepWhenFreed(late),
    };
}
