using Golgi.Foundation;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>How a grid of a layer's activations is made.</summary>
public sealed record ActivationGridOptions
{
    /// <summary>Images, one random place of each. Default 1,000.</summary>
    public int Images { get => field; init => field = Check.Positive(value, nameof(Images)); } = 1000;

    /// <summary>Cells along a side. Default 6.</summary>
    public int Cells { get => field; init => field = (int)Check.InRange(value, 1, 64, nameof(Cells)); } = 6;

    /// <summary>Cells with fewer activations stay empty. Default 5.</summary>
    public int Least { get => field; init => field = Check.Positive(value, nameof(Least)); } = 5;

    /// <summary>Side of an icon in pixels; null: the network's input.</summary>
    public int? Size { get => field; init => field = value is { } size ? Check.Positive(size, nameof(Size)) : null; }

    /// <summary>Steps of an icon. Default 128.</summary>
    public int Steps { get => field; init => field = Check.Positive(value, nameof(Steps)); } = 128;

    /// <summary>The power of the cosine in the icons' objective. Default 2.</summary>
    public double Power { get => field; init => field = Check.NotNegative(value, nameof(Power)); } = 2;

    /// <summary>Icons that climb together. Default 16.</summary>
    public int Batch { get => field; init => field = Check.Positive(value, nameof(Batch)); } = 16;

    /// <summary>The seed.</summary>
    public long Seed { get; init; }
}
