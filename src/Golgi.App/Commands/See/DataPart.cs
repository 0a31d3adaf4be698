using Golgi.Data;
using Golgi.Networks;

namespace Golgi.App.Commands.See;

/// <summary>The part of a specimen's data that a command looks at.</summary>
internal static class DataPart
{
    /// <exception cref="ArgumentException">The specimen comes without data.</exception>
    public static Examples Of(Specimen specimen, string part)
    {
        var data = specimen.Data ?? throw new ArgumentException(
            $"{specimen.Name} comes without data. Name a data set with --data.");
        return part switch { "train" => data.Train, "validation" => data.Validation, _ => data.Test };
    }
}
