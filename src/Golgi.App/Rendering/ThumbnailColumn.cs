using Golgi.Foundation;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Golgi.App.Rendering;

/// <summary>Shows beside a progress bar what the work looks like, if it looks like anything.</summary>
internal sealed class ThumbnailColumn : ProgressColumn
{
    /// <summary>What is shown; set by the work, read by the thread that draws.</summary>
    public Thumbnail? Picture { get; set; }

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
    {
        if (Picture is not { } picture) return Text.Empty;
        var canvas = new Canvas(picture.Width, picture.Height);
        for (int i = 0; i < picture.Width * picture.Height; i++)
        {
            var color = new Color(picture.Pixels[3 * i], picture.Pixels[(3 * i) + 1], picture.Pixels[(3 * i) + 2]);
            canvas.SetPixel(i % picture.Width, i / picture.Width, color);
        }

        return canvas;
    }
}
