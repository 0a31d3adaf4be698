namespace Golgi.Foundation;

/// <summary>Splits work into a fixed number of parts, so that results do not depend on how many threads share them.</summary>
internal static class Parts
{
    /// <summary>Runs <paramref name="work"/>(part, parts) for every part, over up to <paramref name="threads"/> threads.</summary>
    public static void Run(int parts, int threads, Action<int, int> work)
    {
        if (threads <= 1 || parts <= 1)
        {
            for (int part = 0; part < parts; part++) work(part, parts);
        }
        else
        {
            Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part => work(part, parts));
        }
    }
}
