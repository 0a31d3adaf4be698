namespace Golgi.Ascent.Canvases;

/// <summary>A way of varying pictures, under its name.</summary>
/// <param name="Name">As <see cref="CanvasCatalog"/> and the command have it.</param>
/// <param name="Description">What is varied.</param>
/// <param name="Make">Begins a canvas; the caller owns it.</param>
public sealed record CanvasKind(string Name, string Description, Func<CanvasRequest, Canvas> Make)
{
    /// <summary>True if it starts from <see cref="CanvasRequest.Start"/>; others have a start of their own.</summary>
    public bool TakesStart { get; init; }

    /// <summary>False if part of a picture is given, so that not every picture can be rendered.</summary>
    public bool Complete { get; init; } = true;
}
