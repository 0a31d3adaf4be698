namespace Golgi.Imaging;

/// <summary>Red, green and blue bytes to draw on.</summary>
internal sealed class PixelCanvas
{
    public PixelCanvas(int width, int height, byte background)
    {
        Width = width;
        Height = height;
        Pixels = new byte[3 * width * height];
        Pixels.AsSpan().Fill(background);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>[Height, Width, 3], row by row.</summary>
    public byte[] Pixels { get; }

    /// <summary>Draws an image [height, width, 3], each pixel as a square of <paramref name="scale"/>.</summary>
    public void Image(ReadOnlySpan<byte> image, int width, int left, int top, int scale)
    {
        int height = image.Length / (3 * width);
        for (int y = 0; y < height * scale; y++)
        {
            for (int x = 0; x < width * scale; x++)
            {
                image.Slice(3 * (((y / scale) * width) + (x / scale)), 3).CopyTo(Pixels.AsSpan(Offset(left + x, top + y)));
            }
        }
    }

    /// <summary>Writes a text; what does not fit on the canvas is cut off.</summary>
    public void Text(string text, int left, int top, byte shade)
    {
        for (int i = 0; i < text.Length; i++)
        {
            for (int y = 0; y < PixelFont.Height; y++)
            {
                for (int x = 0; x < PixelFont.Width; x++)
                {
                    if (PixelFont.Inked(text[i], x, y)) Dot(left + (i * PixelFont.Advance) + x, top + y, shade);
                }
            }
        }
    }

    private void Dot(int x, int y, byte shade)
    {
        if (x < 0 || x >= Width || y < 0 || y >= Height) return;
        Pixels.AsSpan(Offset(x, y), 3).Fill(shade);
    }

    private int Offset(int x, int y) => 3 * ((y * Width) + x);
}
