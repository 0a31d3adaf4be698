namespace Golgi.Data;

/// <summary>The published data sets: their files, sizes, digests and sources.</summary>
internal static class PublishedSets
{
    private const string MnistMirror = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private const string FashionMirror = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";

    /// <summary>MNIST, the four original files.</summary>
    public static DataSource Mnist { get; } = new IdxSource(
        "mnist",
        "60,000 + 10,000 handwritten digits, 28x28 grey (LeCun, Cortes, Burges)",
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        [
            File("mnist", "train-images-idx3-ubyte.gz", 9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", MnistMirror),
            File("mnist", "train-labels-idx1-ubyte.gz", 28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", MnistMirror),
            File("mnist", "t10k-images-idx3-ubyte.gz", 1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", MnistMirror),
            File("mnist", "t10k-labels-idx1-ubyte.gz", 4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", MnistMirror),
        ]);

    /// <summary>Fashion-MNIST, the four original files.</summary>
    public static DataSource FashionMnist { get; } = new IdxSource(
        "fashion-mnist",
        "60,000 + 10,000 articles of clothing, 28x28 grey (Zalando Research)",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        [
            File("fashion-mnist", "train-images-idx3-ubyte.gz", 26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", FashionMirror),
            File("fashion-mnist", "train-labels-idx1-ubyte.gz", 29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", FashionMirror),
            File("fashion-mnist", "t10k-images-idx3-ubyte.gz", 4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", FashionMirror),
            File("fashion-mnist", "t10k-labels-idx1-ubyte.gz", 5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", FashionMirror),
        ]);

    private static DataFile File(string folder, string file, long bytes, string sha256, string mirror) =>
        new($"{folder}/{file}", bytes, sha256, new Uri(mirror + file));
}
