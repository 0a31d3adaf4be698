using Golgi.Foundation;
using Golgi.Imaging;

namespace Golgi.Data;

/// <summary>Whole preparations by name, as well-known networks were trained with them.</summary>
public static class PreprocessingPresets
{
    private static readonly double[] ImageNetMean = [0.485, 0.456, 0.406], ImageNetStd = [0.229, 0.224, 0.225];

    /// <summary>The name of the preset whose mean is an image beside the model.</summary>
    public const string MeanImage = "cifar10-quick";

    private static readonly Dictionary<string, Preprocessing> Presets = new()
    {
        ["imagenet-caffe"] = new()
        {
            ShorterSide = 256,
            Crop = 224,
            Channels = ChannelOrder.Bgr,
            Scale = 1,
            Mean = [104, 117, 123],
        },
        ["imagenet-torch"] = new() { ShorterSide = 256, Crop = 224, Mean = ImageNetMean, Std = ImageNetStd },
        ["cifar10-torch"] = new() { Mean = ImageNetMean, Std = ImageNetStd },
        [MeanImage] = new() { Scale = 1 },
        ["mnist-caffe"] = new() { Scale = 1.0 / 256 },
        ["pixels"] = new() { Scale = 1 },
        ["unit-range"] = Preprocessing.UnitRange,
    };

    /// <summary>All names. <c>imagenet-caffe</c>: shorter side 256, center crop, BGR minus (104, 117, 123). <c>imagenet-torch</c>:
    /// the same in RGB with torchvision's mean and deviation. <c>cifar10-torch</c>: those on 32×32. <c>cifar10-quick</c>: pixels minus
    /// the mean image beside the model. <c>mnist-caffe</c>: pixel/256. <c>pixels</c>: 0 to 255 unchanged. <c>unit-range</c>: pixel/255.</summary>
    public static IReadOnlyCollection<string> Names => Presets.Keys;

    /// <summary>A preparation by its name.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists all.</exception>
    public static Preprocessing Find(string name) => Presets[Check.Known(name, Presets.Keys, "preprocessing")];
}
