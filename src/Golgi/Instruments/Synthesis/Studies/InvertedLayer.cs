namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>How near a picture came to the code that a layer has of another.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Error">|code − wanted|² / |wanted|² of the finished picture.</param>
/// <param name="StartError">The same of its start.</param>
public sealed record InvertedLayer(string Layer, double Error, double StartError);
