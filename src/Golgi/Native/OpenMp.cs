namespace Golgi.Native;

/// <summary>How libtorch's threads wait for each other.</summary>
/// <remarks>GNU OpenMP lets a thread that waits spin for milliseconds before it sleeps. On processors that other work needs
/// too, each of the thousands of waits in a training run then costs a whole time slice: on two busy cores training on two
/// threads took 2 to 10 times as long as with a short spin; on idle cores there was no difference (docs/decisions/0004).</remarks>
public static class OpenMp
{
    private const string SpinCount = "GOMP_SPINCOUNT", WaitPolicy = "OMP_WAIT_POLICY";

    /// <summary>Turns of the waiting loop before a thread sleeps: some microseconds.</summary>
    private const string Turns = "3000";

    /// <summary>Makes waits short, unless the user's environment says otherwise. Has an effect on Linux only, and only before the
    /// first tensor, since OpenMP reads its environment once.</summary>
    public static void WaitBriefly()
    {
        if (!OperatingSystem.IsLinux()) return;
        if (Environment.GetEnvironmentVariable(SpinCount) is null && Environment.GetEnvironmentVariable(WaitPolicy) is null)
        {
            NativeEnvironment.Suggest(SpinCount, Turns);
        }
    }
}
