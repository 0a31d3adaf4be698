using System.Globalization;
using Golgi.Data;

namespace Golgi.App.Commands.Options;

/// <summary>Reads the options that say how inputs are prepared.</summary>
internal static class PreprocessingChoice
{
    /// <summary>The preparation that a preset's name, or a mean and a deviation on pixels in [0, 1], ask for; null where nothing is given.</summary>
    /// <exception cref="ArgumentException">The preset is unknown, numbers cannot be read, or both ways are used at once.</exception>
    public static Preprocessing? Of(string? preset, string? mean, string? std)
    {
        if (preset is null && mean is null && std is null) return null;
        if (preset is not null && (mean ?? std) is not null)
        {
            throw new ArgumentException("--preprocess is given with --mean or --std; a named preparation has its own. Use one of both.");
        }

        return preset is not null
            ? PreprocessingPresets.Find(preset)
            : new Preprocessing { Mean = Numbers(mean, "--mean"), Std = Numbers(std, "--std") };
    }

    private static double[] Numbers(string? text, string option)
    {
        if (text is null) return [];
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return [.. parts.Select(part => double.TryParse(
            part, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new ArgumentException($"{option} is '{text}'; it must be numbers with commas between them: 0.485,0.456,0.406."))];
    }
}
