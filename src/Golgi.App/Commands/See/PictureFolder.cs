namespace Golgi.App.Commands.See;

/// <summary>Where pictures are written and how they are drawn.</summary>
/// <param name="Path">The folder; made if need be.</param>
/// <param name="Contrast">Of the PNG files.</param>
internal sealed record PictureFolder(string Path, Contrast Contrast = Contrast.Plain)
{
    /// <summary>What the pictures depend on, to find them again; see <see cref="PictureIdentity"/>. Null: nobody asks.</summary>
    public string? Identity { get; init; }
}
