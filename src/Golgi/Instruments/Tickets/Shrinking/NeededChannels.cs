namespace Golgi.Instruments.Tickets.Shrinking;

/// <summary>Marks needed channels.</summary>
internal static class NeededChannels
{
    /// <summary>A channel is needed where its successor is.</summary>
    public static void Same(Channels output, Channels input)
    {
        for (int i = 0; i < input.Count; i++) input.Needed[i] |= output.Needed[i];
    }
}
