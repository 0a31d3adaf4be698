using System.Text.Json.Nodes;

namespace Golgi.App.Report;

/// <summary>What a section measured.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Seconds">How long it took, wall clock.</param>
/// <param name="Measured">Its record; null where it has nothing to say of the subject.</param>
internal sealed record MeasuredSection(string Title, double Seconds, JsonObject? Measured);
