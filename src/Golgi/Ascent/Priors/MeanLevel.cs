using Golgi.Data;
using Golgi.Imaging;

namespace Golgi.Ascent.Priors;

/// <summary>The level of the mean picture, from what a network subtracts from its inputs.</summary>
internal static class MeanLevel
{
    private const double Gray = 127.5; // where a preparation names no mean

    /// <summary>Raw values, one per channel in the pictures' own order.</summary>
    public static double[] Of(Preprocessing preprocessing, long channels)
    {
        if (preprocessing.Mean.Count == 0) return [.. Enumerable.Repeat(Gray, (int)channels)];
        double[] raw = [.. preprocessing.Mean.Select(value => value / preprocessing.Scale)];
        if (raw.Length == 1) return [.. Enumerable.Repeat(raw[0], (int)channels)];
        int each = (int)(raw.Length / channels); // 1, or a whole mean image
        var levels =
            Enumerable.Range(0, (int)channels).Select(channel => raw.Skip(channel * each).Take(each).Average());
        return preprocessing.Channels == ChannelOrder.Bgr ? [.. levels.Reverse()] : [.. levels];
    }
}
