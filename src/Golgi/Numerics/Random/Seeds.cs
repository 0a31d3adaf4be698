using TorchSharp;

namespace Golgi.Numerics.Random;

/// <summary>The one place that touches torch's process-wide generator: layer constructors draw from it and offer no
/// other way.</summary>
public static class Seeds
{
    private static readonly Lock Gate = new();

    /// <summary>Runs <paramref name="build"/> with the global generator set to a seed, and puts the generator's state
    /// back.</summary>
    /// <param name="seed">The seed that the built object depends on.</param>
    /// <param name="build">Builds, typically, a module.</param>
    /// <returns>What <paramref name="build"/> returns.</returns>
    public static T Build<T>(long seed, Func<T> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        lock (Gate)
        {
            using var state = torch.random.get_rng_state();
            try
            {
                torch.random.manual_seed(seed);
                return build();
            }
            finally
            {
                torch.random.set_rng_state(state);
            }
        }
    }
}
