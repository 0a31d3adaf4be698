using System.Text.Json.Serialization;

namespace Golgi.Networks;

/// <summary>How a tensor of a file fits a tensor of a network.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WeightVerdict>))]
public enum WeightVerdict
{
    /// <summary>The same name (but for a prefix) and the same shape.</summary>
    Matched,

    /// <summary>Another name but the same shape, at the same place among its like: a suggestion.</summary>
    Suggested,

    /// <summary>The same name, and a matrix whose rows are the network's columns.</summary>
    Transposed,

    /// <summary>The same name and another shape.</summary>
    WrongShape,

    /// <summary>Nothing in the file fits.</summary>
    Missing,
}
