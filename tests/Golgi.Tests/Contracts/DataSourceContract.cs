using System.Text;
using Golgi.Data;
using Golgi.Data.Sources;
using Golgi.Imaging;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Contracts;

/// <summary>What every kind of data set must satisfy.</summary>
public sealed class DataSourceContract : IDisposable
{
    private readonly Scratch scratch = new();

    public static TheoryData<string> Kinds => [.. DataCatalog.Sources.Select(source => source.Name)];

    public void Dispose() => scratch.Dispose();

    private DataOptions Here =>
        new() { Folder = scratch["data"], EnvironmentFolder = null, CacheFolder = scratch["cache"], ValidationCount = 4, ImageSize = 6 };

    [Fact]
    public void None_is_left_out_of_the_catalog_and_names_are_used_once()
    {
        Assert.Equal(
            Families.Of<DataSource>(),
            DataCatalog.Sources.Select(source => source.GetType().Name).Distinct().Order());
        Assert.Equal(DataCatalog.Sources.Count, DataCatalog.Sources.Select(source => source.Name).Distinct().Count());
        foreach (var source in DataCatalog.Sources)
        {
            Assert.StartsWith(source.Name, source.Usage, StringComparison.Ordinal);
            Assert.False(string.IsNullOrWhiteSpace(source.Summary));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Opening_twice_gives_the_same_bits_and_another_seed_another_identity(string kind)
    {
        using var scope = NewDisposeScope();
        string name = Make(kind);
        using var first = DataCatalog.Open(name, Here);
        using var second = DataCatalog.Open(name, Here);
        Assert.Equal(name, first.Name);
        Assert.Equal(first.Identity, second.Identity);
        Assert.Equal(first.ClassNames, second.ClassNames);
        foreach (var (one, other) in Parts(first).Zip(Parts(second)))
        {
            Near.Exact(one.Labels, other.Labels);
            Near.Exact(one.Read(arange(one.Count)), other.Read(arange(other.Count)));
        }

        using var otherSeed = DataCatalog.Open(name, Here with { Seed = 1 });
        Assert.NotEqual(first.Identity, otherSeed.Identity);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Inputs_are_of_the_declared_shape_and_labels_are_classes(string kind)
    {
        using var scope = NewDisposeScope();
        using var data = DataCatalog.Open(Make(kind), Here);
        Assert.InRange(data.ClassNames.Count, 2, 100);
        Assert.Equal(data.ClassNames.Count, data.ClassNames.Distinct().Count());
        foreach (var part in Parts(data))
        {
            var inputs = part.Read(arange(part.Count));
            Assert.Equal([part.Count, .. data.InputShape], inputs.shape);
            Assert.Equal(data.InputShape.Count == 3 ? ScalarType.Byte : ScalarType.Float32, inputs.dtype);
            Assert.Equal((ScalarType.Int64, 1), (part.Labels.dtype, (int)part.Labels.dim()));
            Assert.All(part.Labels.data<long>(), label => Assert.InRange(label, 0, data.ClassNames.Count - 1));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Examples_come_in_the_order_in_which_they_are_asked_for_as_often_as_they_are(string kind)
    {
        using var scope = NewDisposeScope();
        using var data = DataCatalog.Open(Make(kind), Here);
        var all = data.Train.Read(arange(data.Train.Count));
        var chosen = tensor(new[] { 3L, 0L, 3L, 1L });
        Near.Exact(all.index_select(0, chosen), data.Train.Read(chosen));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Parts_have_the_sizes_that_are_asked_for(string kind)
    {
        string name = Make(kind);
        using var data = DataCatalog.Open(name, Here with { TrainLimit = 5, TestLimit = 2, ValidationCount = 3 });
        Assert.Equal((5, 3, 2), (data.Train.Count, data.Validation.Count, data.Test.Count));
        using var whole = DataCatalog.Open(name, Here with { ValidationCount = 0 });
        Assert.Equal(0, whole.Validation.Count);
        Assert.True(whole.Train.Count > 5 && whole.Test.Count > 2);
        Assert.NotEqual(data.Identity, whole.Identity);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Limits_choose_among_the_examples_of_the_whole(string kind)
    {
        using var scope = NewDisposeScope();
        string name = Make(kind);
        using var whole = DataCatalog.Open(name, Here);
        using var some = DataCatalog.Open(name, Here with { TrainLimit = 5, TestLimit = 2 });
        Near.Exact(whole.Validation.Labels, some.Validation.Labels);
        if (kind == "csv") return; // its inputs are standardized by the training rows that are left
        foreach (var (few, all) in new[] { (some.Train, whole.Train), (some.Test, whole.Test) })
        {
            var pool = Texts(all).ToHashSet();
            Assert.All(Texts(few), text => Assert.Contains(text, pool));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_not_there_is_missed_by_its_name(string kind)
    {
        var source = DataCatalog.Find(kind).Source;
        if (source.TakesPath)
        {
            string path = scratch["absent"];
            var error = Assert.ThrowsAny<IOException>(() => DataCatalog.Open($"{kind}:{path}", Here).Dispose());
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Throws<ArgumentException>(() => DataCatalog.Open(kind, Here).Dispose());
        }
        else if (source.Files.Count > 0)
        {
            Assert.Null(source.Locate(Here));
            var error = Assert.Throws<FileNotFoundException>(() => DataCatalog.Open(kind, Here).Dispose());
            Assert.Contains(scratch["data"], error.Message, StringComparison.Ordinal);
            Assert.Contains($"golgi data get {kind}", error.Message, StringComparison.Ordinal);
            Assert.Contains("--data-dir", error.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.All(source.Verify(Here), check => Assert.Equal(Golgi.Data.Archives.FileState.Original, check.State));
        }
    }

    // A small set of each kind: how a user would name it. A new source says here how one is made.
    private string Make(string kind)
    {
        switch (kind)
        {
            case "strokes":
                return "strokes:30";
            case "mnist" or "fashion-mnist":
                IdxBytes.WriteMnist(scratch, 20, 6);
                Directory.CreateDirectory(scratch["data"]);
                Directory.Move(scratch["mnist"], scratch[$"data/{kind}"]);
                return kind;
            case "cifar10":
                for (int batch = 0; batch < CifarFolder.Batches.Count; batch++)
                {
                    byte[] records = [.. Enumerable.Range(0, 4).SelectMany(i => Record((4 * batch) + i))];
                    scratch.Write($"data/cifar-10/{CifarFolder.Batches[batch]}", records);
                }

                return kind;
            case "folder":
                for (int i = 0; i < 30; i++)
                {
                    using var shade = full([3, 8, 7], 8 * i, ScalarType.Byte);
                    Picture.Save(shade, scratch[$"pictures/{(i % 3 == 0 ? "ant" : "bee")}/{i}.png"]);
                }

                return $"folder:{scratch["pictures"]}";
            case "csv":
                var rows = Enumerable.Range(0, 30).Select(i => $"{i},{i * i % 11},{(i % 3 == 0 ? "ant" : "bee")}");
                string path = scratch.Write("table.csv", Encoding.UTF8.GetBytes("length,legs,kind\n" + string.Join('\n', rows)));
                return $"csv:{path}#kind";
            default:
                throw new ArgumentException($"The contract does not know how a small data set of kind '{kind}' is made; add it here.");
        }
    }

    private static byte[] Record(int number) => [(byte)(number % 10), .. Enumerable.Repeat((byte)(10 * number), 3072)];

    private static Examples[] Parts(DataSet data) => [data.Train, data.Validation, data.Test];

    private static IEnumerable<string> Texts(Examples part)
    {
        for (int i = 0; i < part.Count; i++)
        {
            using var input = part.Read(tensor(new[] { (long)i }));
            yield return Convert.ToHexString(input.bytes.ToArray());
        }
    }
}
