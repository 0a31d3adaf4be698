namespace Golgi.Native;

/// <summary>How libtorch's threads wait for each other.</summary>
/// <remarks>GNU OpenMP lets a thread that waits spin for milliseconds before it sleeps. On processors that other work needs
/// too, each of the thousands of waits in a training run then costs a whole time slice: on two busy cores training on two
/// threads took 2 to 10 times as long as with a short spin; on idle cores there was no difference (docs/decisions/0004).</remarks>
internal static class OpenMp
{
    private const string SpinCount = "GOMP_SPINCOUNT", WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>Turns of the waiting loop before a thread sleeps: some microseconds.</summary>
    private const string Turns = "3000";

    /// <summary>Makes waits short, unless the user's environment says otherwise.</summary>
    /// <param name="late">Whether libtorch is loaded already: OpenMP reads its environment once.</param>
    public static NativeRepairOutcome WaitBriefly(bool late)
    {
        if (!OperatingSystem.IsLinux()) return Outcome(NativeRepairState.NotNeeded, "another OpenMP, with waits of its own");
        foreach (string name in (string[])[SpinCount, WaitPolicy])
        {
            if (Environment.GetEnvironmentVariable(name) is not null) return Outcome(NativeRepairState.NotNeeded, $"{name} says how threads wait");
        }

        if (late) return Outcome(NativeRepairState.TooLate, "libtorch was loaded before: threads spin for milliseconds while they wait");
        NativeEnvironment.Suggest(SpinCount, Turns);
        return Outcome(NativeRepairState.Done, "threads sleep after microseconds of waiting");
    }

    private static NativeRepairOutcome Outcome(NativeRepairState state, string text) => new(NativeRepair.ShortWaits, state, text);
}
