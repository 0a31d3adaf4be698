using Golgi.Foundation;
using Golgi.Instruments.Synthesis.Presets;
using Golgi.Instruments.Synthesis.Studies;
using Golgi.Instruments.Synthesis.Visualization;

namespace Golgi.App.Commands.See;

/// <summary>Reads the ways of making pictures that a comparison names: presets, some with other views (<c>pixels+robust</c>).</summary>
internal static class PictureMethods
{
    /// <summary>Reads a list of methods.</summary>
    /// <param name="text">Names between commas.</param>
    /// <param name="options">What all have in common.</param>
    /// <param name="size">The pictures' size.</param>
    /// <exception cref="ArgumentException">A preset or its views are not known.</exception>
    public static IReadOnlyList<PictureMethod> Parse(string text, VisualizationOptions options, (long Height, long Width) size) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name =>
        {
            string[] parts = name.Split('+', 2);
            Check.Known(parts[0], PresetCatalog.Names, "preset");
            var priors = parts.Length == 1
                ? null
                : new PriorOptions { Transform = ViewChoice.Parse(parts[1], size, $"What follows + in '{name}'") };
            return new PictureMethod(name, options with { Preset = parts[0], Priors = priors });
        })];
}
