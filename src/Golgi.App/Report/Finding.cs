namespace Golgi.App.Report;

/// <summary>One telling line of a dossier.</summary>
/// <param name="Text">A whole sentence with its numbers: "3 of 64 units of conv2 never fire."</param>
/// <param name="Weight">How much a reader would miss it, from 0 (a detail) to 1 (the first thing to tell): accuracy is 1.</param>
internal sealed record Finding(string Text, double Weight);
