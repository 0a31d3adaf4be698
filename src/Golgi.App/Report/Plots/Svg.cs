using System.Text;

namespace Golgi.App.Report.Plots;

/// <summary>Writes one <c>svg</c> element whose colors come from CSS classes.</summary>
internal sealed class Svg
{
    private readonly StringBuilder body = new();
    private readonly double width;
    private readonly double height;
    private readonly string label;

    /// <summary>Begins a drawing.</summary>
    /// <param name="label">What it shows, for those who cannot see it.</param>
    public Svg(double width, double height, string label)
    {
        this.width = width;
        this.height = height;
        this.label = label;
    }

    public void Line(double x1, double y1, double x2, double y2, string css) =>
        body.Append($"<line class=\"{css}\" x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\"/>");

    public void Rectangle(double x, double y, double width, double height, string css, double opacity = 1, string? tip = null) =>
        Tipped("rect", $"class=\"{css}\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\"{Opacity(opacity)}", tip);

    public void Circle(double x, double y, double radius, string css, string? tip = null) =>
        Tipped("circle", $"class=\"{css}\" cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\"", tip);

    public void Path(IEnumerable<(double X, double Y)> points, string css, bool closed = false)
    {
        string d = string.Join("L", points.Select(point => $"{N(point.X)} {N(point.Y)}"));
        if (d.Length > 0) body.Append($"<path class=\"{css}\" d=\"M{d}{(closed ? "Z" : "")}\"/>");
    }

    /// <summary>Text at a place.</summary>
    /// <param name="css">With <c>start</c>, <c>middle</c> or <c>end</c> for its alignment.</param>
    /// <param name="turn">Degrees, around its place.</param>
    public void Text(double x, double y, string text, string css, double turn = 0)
    {
        string transform = turn == 0 ? "" : $" transform=\"rotate({N(turn)} {N(x)} {N(y)})\"";
        body.Append($"<text class=\"{css}\" x=\"{N(x)}\" y=\"{N(y)}\"{transform}>{Html.Escape(text)}</text>");
    }

    /// <summary>A PNG picture, its pixels left sharp.</summary>
    public void Image(double x, double y, double width, double height, byte[] png) =>
        body.Append($"<image class=\"pixels\" x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(width)}\" height=\"{N(height)}\" href=\"{Html.DataUri(png)}\"/>");

    /// <inheritdoc/>
    public override string ToString() =>
        $"<svg viewBox=\"0 0 {N(width)} {N(height)}\" width=\"{N(width)}\" role=\"img\" aria-label=\"{Html.Escape(label)}\">{body}</svg>";

    private void Tipped(string element, string attributes, string? tip) =>
        body.Append(tip is null ? $"<{element} {attributes}/>" : $"<{element} {attributes}><title>{Html.Escape(tip)}</title></{element}>");

    private static string Opacity(double value) => value >= 1 ? "" : $" fill-opacity=\"{value:0.###}\"";

    private static string N(double value) => value.ToString("0.##");
}
