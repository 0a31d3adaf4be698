using Golgi.Data;
using SkiaSharp;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Interchange;

/// <summary>The trained networks and photographs below GOLGI_DATA; tests skip where they are not.</summary>
internal static class SharedModels
{
    public static string Path(string name) => File($"models/{name}");

    public static string File(string name)
    {
        string? data = Environment.GetEnvironmentVariable("GOLGI_DATA");
        Assert.SkipWhen(data is null, "GOLGI_DATA is not set.");
        string path = System.IO.Path.Combine(data, name);
        Assert.SkipUnless(System.IO.File.Exists(path), $"{path} is not there.");
        return path;
    }

    /// <summary>The first photographs of the archive, prepared for ImageNet networks of Caffe: [count, 3, crop, crop], with their classes.</summary>
    public static (Tensor Images, long[] Labels) Photos(int count, int crop)
    {
        var labels = System.IO.File.ReadLines(File("photos/labels.csv")).Skip(1).Select(line => line.Split(','))
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1]));
        using var stream = System.IO.File.OpenRead(File("photos/photos.tar"));
        using var tar = new System.Formats.Tar.TarReader(stream);
        var images = new List<Tensor>();
        var classes = new List<long>();
        while (images.Count < count && tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is null || !entry.Name.EndsWith(".jpg", StringComparison.Ordinal)) continue;
            using var bitmap = SKBitmap.Decode(entry.DataStream);
            using var rgba = bitmap.Copy(SKColorType.Rgba8888);
            using var raw = tensor(rgba.GetPixelSpan().ToArray()).reshape(1, rgba.Height, rgba.Width, 4).narrow(3, 0, 3).permute(0, 3, 1, 2);
            images.Add((PreprocessingPresets.Find("imagenet-caffe") with { Crop = crop }).Apply(raw));
            string name = System.IO.Path.GetFileName(entry.Name);
            classes.Add(labels.First(pair => pair.Key.EndsWith(name, StringComparison.Ordinal)).Value);
        }

        return (cat(images, 0), [.. classes]);
    }
}
