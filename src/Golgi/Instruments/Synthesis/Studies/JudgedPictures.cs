namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What a judge makes of the pictures of a folder.</summary>
/// <param name="Folder">The folder, as it was named.</param>
/// <param name="Count">How many pictures.</param>
/// <param name="Accuracy">The share whose class comes first, in [0, 1].</param>
/// <param name="Top5">The share whose class is among the first five.</param>
/// <param name="SpectrumSlope">The mean slope of their spectra.</param>
public sealed record JudgedPictures(string Folder, int Count, double Accuracy, double Top5, double SpectrumSlope);
