using Golgi.Foundation;
using SkiaSharp;
using static TorchSharp.torch;

namespace Golgi.Imaging;

/// <summary>Image files and tensors. An image is uint8 in [0, 255] or floating point in [0, 1]; [C, H, W] with one
/// channel (grey) or three (red, green, blue), or [H, W] (grey).</summary>
/// <remarks>Drawing never fails for its values: what lies outside [0, 1] is drawn as the nearest end, NaN as black. On
/// Linux the program needs the native part of SkiaSharp (the package
/// SkiaSharp.NativeAssets.Linux.NoDependencies).</remarks>
public static class Picture
{
    /// <summary>Writes a PNG file, complete or not at all; its folder is made if need be.</summary>
    /// <param name="image">[C, H, W] or [H, W].</param>
    /// <exception cref="ArgumentException">The shape or type is wrong.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(Tensor image, string path)
    {
        byte[] png = EncodePng(image);
        string full = Path.GetFullPath(path), part = full + ".part";
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(part, png);
        File.Move(part, full, overwrite: true);
    }

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="image">[C, H, W] or [H, W].</param>
    /// <exception cref="ArgumentException">The shape or type is wrong.</exception>
    public static byte[] EncodePng(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var scope = NewDisposeScope();
        var single = image.dim() == 2 ? image.unsqueeze(0) : Check.Shape(image, "[C, H, W]");
        var rgb = ToBytes(single.unsqueeze(0))[0];                           // [H, W, 3]
        var opaque = full([rgb.shape[0], rgb.shape[1], 1], 255, ScalarType.Byte);
        var rgba = cat([rgb, opaque], 2).contiguous();

        var size = new SKImageInfo((int)rgba.shape[1], (int)rgba.shape[0], SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var bitmap = new SKBitmap(size);
        rgba.bytes.CopyTo(bitmap.GetPixelSpan());
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, quality: 100);
        return encoded.ToArray();
    }

    /// <summary>Reads an image file (PNG, JPEG, WebP, GIF, BMP), as red, green and blue.</summary>
    /// <returns>uint8 [3, H, W]; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">It is no image or damaged.</exception>
    public static Tensor Load(string path)
    {
        using var bitmap = Decode(path);
        return ToTensor(bitmap);
    }

    /// <summary>Reads an image file and brings it to a size: the whole image, so that its proportions may
    /// change.</summary>
    /// <returns>uint8 [3, <paramref name="height"/>, <paramref name="width"/>]; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">It is no image or damaged.</exception>
    public static Tensor Load(string path, int height, int width)
    {
        Check.Positive(height);
        Check.Positive(width);
        using var whole = Load(path);
        return PhotoResize.Resize(whole, height, width);
    }

    /// <summary>Reads the middle square of an image file, its shorter side brought to a size: what networks for photographs
    /// are commonly given.</summary>
    /// <returns>uint8 [3, <paramref name="size"/>, <paramref name="size"/>]; the caller owns it.</returns>
    /// <exception cref="InvalidDataException">It is no image or damaged.</exception>
    public static Tensor LoadSquare(string path, int size)
    {
        Check.Positive(size);
        using var whole = Load(path);
        return PhotoResize.Square(whole, size);
    }

    /// <summary>Images as bytes in the order in which files hold them.</summary>
    /// <param name="images">[N, C, H, W], C = 1 or 3.</param>
    /// <returns>uint8 [N, H, W, 3] on the CPU, contiguous; the caller owns it.</returns>
    internal static Tensor ToBytes(Tensor images)
    {
        if (images.shape[1] is not (1 or 3))
        {
            throw new ArgumentException(
                $"The images have {images.shape[1]} channels; a picture has 1 (grey) or 3 (red, green, blue).", nameof(images));
        }

        using var scope = NewDisposeScope();
        var x = images.detach().cpu();
        if (x.dtype != ScalarType.Byte)
        {
            if (!x.is_floating_point())
            {
                throw new ArgumentException($"The images are {x.dtype}; they must be Byte or floating point.", nameof(images));
            }

            x = x.to(ScalarType.Float32).nan_to_num(0, 1, 0).mul(255).round_().clamp_(0, 255).to(ScalarType.Byte);
        }

        return x.expand(-1, 3, -1, -1).permute(0, 2, 3, 1).contiguous().MoveToOuterDisposeScope();
    }

    private static SKBitmap Decode(string path)
    {
        using var codec = SKCodec.Create(path, out var result)
            ?? throw new InvalidDataException($"{path}: cannot be read as an image ({result}).");
        var bitmap = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result == SKCodecResult.Success) return bitmap;
        bitmap.Dispose();
        throw new InvalidDataException($"{path}: the image is damaged ({result}).");
    }

    private static Tensor ToTensor(SKBitmap bitmap)
    {
        using var scope = NewDisposeScope();
        var rgba = empty([bitmap.Height, bitmap.Width, 4], ScalarType.Byte);
        bitmap.GetPixelSpan().CopyTo(rgba.bytes);
        return rgba.permute(2, 0, 1).narrow(0, 0, 3).contiguous().MoveToOuterDisposeScope();
    }
}
