using Golgi.Instruments.Synthesis.Visualization;

namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>A way of making pictures, as a comparison names it: a preset, or a preset with other views.</summary>
/// <param name="Name">What tables and sheets call it.</param>
/// <param name="Options">How its pictures are made.</param>
public sealed record PictureMethod(string Name, VisualizationOptions Options);
