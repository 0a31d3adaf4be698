using System.Net;
using System.Text.RegularExpressions;

namespace Golgi.App.Report;

/// <summary>Text that is safe inside HTML and SVG.</summary>
internal static partial class Html
{
    /// <summary>Escapes markup.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Escapes markup and sets <c>`code`</c> in a fixed-width face.</summary>
    public static string Inline(string text) => Code().Replace(Escape(text), "<code>$1</code>");

    /// <summary>A name that may stand in an <c>id</c>.</summary>
    public static string Anchor(string title) => NotWord().Replace(title.ToLowerInvariant(), "-").Trim('-');

    /// <summary>A PNG file as a data URI.</summary>
    public static string DataUri(byte[] png) => $"data:image/png;base64,{Convert.ToBase64String(png)}";

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex NotWord();
}
