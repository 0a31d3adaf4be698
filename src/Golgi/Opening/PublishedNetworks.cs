using Golgi.Data;
using Golgi.Foundation;

namespace Golgi.Opening;

/// <summary>Network files that circulate, known by their SHA-256: how their inputs are prepared and what their outputs are called.
/// Neither stands in the files.</summary>
internal static class PublishedNetworks
{
    private const string ImageNetNames = "imagenet_synset_words.txt";

    private static readonly Dictionary<string, string> Preparations = new()
    {
        // SqueezeNet 1.1 of microsoft/Windows-Machine-Learning, and the same stored as float32
        ["21f25e3d9254af93e6218a359469fac714a017b3f9035c0f5c4acbf9a3ff7233"] = "imagenet-caffe",
        ["0fccde009e25d24dd3f0a8a6ccca04346d240a2bf04d8f36581071236f6d878c"] = "imagenet-caffe",
        // SqueezeNet 1.0 of songhan/SqueezeNet-Deep-Compression, written out
        ["2dbd9982e95c9e6f1df051471a41b86386d46749d3f688231fe837144b210ac1"] = "imagenet-caffe",
        // mnist.onnx of microsoft/Windows-Machine-Learning; Caffe's LeNet
        ["bd5891fdd7987910bfc3d8fc9a697a88e48309e26e529faa87931fba52904fe8"] = "pixels",
        ["fe792bdb73b0b2a34ac3df875a8978d99a9c800f329a03c00bdb4fe194522304"] = "mnist-caffe",
        // ResNet-20 and ResNet-56 of akamaster/pytorch_resnet_cifar10
        ["f95ff43110bed09dbc8a27ba53d0054d144f128ed2e2e24d5a2f6b8d556d09ac"] = "cifar10-torch",
        ["4ffc7592ab836eb480367241db2cb730e02e203810fb1a616a60339e2d040e7e"] = "cifar10-torch",
    };

    /// <summary>How inputs of a published file are prepared; null for a file that is not known.</summary>
    /// <param name="file">A file; null comes back too where there is none.</param>
    public static Preprocessing? PreparationOf(string file) =>
        File.Exists(file) && Preparations.TryGetValue(Digest.OfUnchangedFile(file), out string? name) ? PreprocessingPresets.Find(name) : null;

    /// <summary>The names of ImageNet's classes, from <c>imagenet_synset_words.txt</c> beside a file (a line for each class: a synset,
    /// then its names); empty where that is not there or has another number of lines.</summary>
    /// <param name="file">The network's file.</param>
    /// <param name="classes">How many outputs the network has.</param>
    public static IReadOnlyList<string> NamesBeside(string file, long classes)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, ImageNetNames);
        if (classes != 1000 || !File.Exists(path)) return [];
        string[] lines = File.ReadAllLines(path);
        return lines.Length == classes ? [.. lines.Select(line => line[(line.IndexOf(' ') + 1)..])] : [];
    }
}
