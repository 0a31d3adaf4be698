using Golgi.Data;
using Golgi.Data.Sources;
using Golgi.Imaging;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data.Sources;

public sealed class FolderSourceTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void A_subfolder_per_class_is_divided_into_three_disjoint_parts()
    {
        for (int i = 0; i < 20; i++) Paint($"pictures/{(i % 2 == 0 ? "cat" : "dog")}/{i}.png", i);
        using var data = DataCatalog.Open($"folder:{scratch["pictures"]}#8");
        Assert.Equal(["cat", "dog"], data.ClassNames);
        Assert.Equal([3, 8, 8], data.InputShape);
        Assert.Equal((14, 3, 3), (data.Train.Count, data.Validation.Count, data.Test.Count));
        var seen = new List<int>();
        foreach (var part in new[] { data.Train, data.Validation, data.Test })
        {
            using var scope = NewDisposeScope();
            byte[] shades = part.Read(arange(part.Count))[.., 1, 4, 4].data<byte>().ToArray();
            Assert.Equal(shades.Select(shade => (long)(shade / 10 % 2)), part.Labels.data<long>().ToArray());
            seen.AddRange(shades.Select(shade => shade / 10));
        }

        Assert.Equal(Enumerable.Range(0, 20), seen.Order());
    }

    [Fact]
    public void Train_validation_and_test_folders_are_taken_as_they_are()
    {
        foreach (var (part, i) in new[] { ("train", 0), ("train", 2), ("val", 4), ("test", 6) })
        {
            Paint($"pictures/{part}/cat/{i}.png", i);
            Paint($"pictures/{part}/dog/{i}.png", i + 1);
        }

        using var data = DataCatalog.Open($"folder:{scratch["pictures"]}");
        Assert.Equal((4, 2, 2), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal([3, 32, 32], data.InputShape);
        using var test = data.Test.Read(tensor(new[] { 1L }));
        Assert.Equal(70, test.bytes[0]);
    }

    [Fact]
    public void A_table_says_the_classes_of_pictures_that_lie_beside_it_or_in_an_archive()
    {
        string[] rows = [.. Enumerable.Range(0, 10).Select(i => $"{i}.png,{i % 2 * 2},\"class, number {i % 2 * 2}\"")];
        byte[] table = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', ["file,class_index,class_name", .. rows]));
        for (int i = 0; i < 10; i++) Paint($"beside/{i}.png", i);
        scratch.Write("beside/labels.csv", table);
        scratch.Write("packed/labels.csv", table);
        System.Formats.Tar.TarFile.CreateFromDirectory(scratch["beside"], scratch["packed/pictures.tar"], includeBaseDirectory: true);
        var options = new DataOptions { CacheFolder = scratch["cache"], ImageSize = 4 };

        using var beside = DataCatalog.Open($"folder:{scratch["beside"]}", options);
        using var packed = DataCatalog.Open($"folder:{scratch["packed"]}", options);
        Assert.Equal(["class, number 0", "class 1", "class, number 2"], packed.ClassNames);
        using var index = arange(packed.Train.Count);
        using var pictures = packed.Train.Read(index);
        using var same = beside.Train.Read(index);
        Assert.Equal(8, packed.Train.Count); // of ten, one each for validation and test
        Assert.Equal(pictures.bytes.ToArray(), same.bytes.ToArray());
        Assert.All(Enumerable.Range(0, 8), i => Assert.Equal(pictures.bytes[i * 48] / 10 % 2 * 2, packed.Train.Labels[i].item<long>()));
    }

    [Fact]
    public void A_table_that_names_no_class_or_an_absent_file_is_refused()
    {
        Assert.Contains("'elsewhere.png', which is not in the folder", Refused("file,class\nelsewhere.png,cat"), StringComparison.Ordinal);
        Assert.Contains("it needs 'file'", Refused("picture,class\na.png,cat"), StringComparison.Ordinal);
        Assert.Contains("'cat' is no class_index", Refused("file,class_index\na.png,cat"), StringComparison.Ordinal);
        scratch.Write("table/a.tar", new byte[10240]);
        Assert.Contains("lacks b.png", Refused("file,class\nb.png,cat"), StringComparison.Ordinal);
        Assert.Contains("no plain file name", Refused("file,class\n../b.png,cat"), StringComparison.Ordinal);
        string Refused(string table)
        {
            scratch.Write("table/labels.csv", System.Text.Encoding.UTF8.GetBytes(table));
            var options = new DataOptions { CacheFolder = scratch["cache"] };
            return Assert.Throws<InvalidDataException>(() => DataCatalog.Open($"folder:{scratch["table"]}", options)).Message;
        }
    }

    [Fact]
    public void Pictures_that_fit_are_kept_decoded_and_others_decoded_at_every_read()
    {
        Paint("one.png", 1);
        using var kept = new ImageFolderExamples([scratch["one.png"]], [0], 4);
        using var streamed = new ImageFolderExamples([scratch["one.png"]], [0], 4, mostBytesKept: 0);
        using var index = zeros(1, ScalarType.Int64);
        using var first = kept.Read(index);
        using var alsoFirst = streamed.Read(index);
        Paint("one.png", 2);
        using var again = kept.Read(index);
        using var changed = streamed.Read(index);
        Assert.Equal([10, 10, 10, 20], new[] { first, alsoFirst, again, changed }.Select(image => (int)image.bytes[0]));
    }

    [Fact]
    public void Reading_twice_gives_the_same_and_a_picture_that_is_damaged_is_named()
    {
        Paint("pictures/cat/1.png", 1);
        string bad = scratch.Write("pictures/dog/2.png", [1, 2, 3]);
        using var examples = new ImageFolderExamples([scratch["pictures/cat/1.png"], bad], [0, 1], 4);
        using var first = examples.Read(tensor(new[] { 0L, 0L }));
        using var second = examples.Read(tensor(new[] { 0L, 0L }));
        Assert.Equal(first.bytes.ToArray(), second.bytes.ToArray());
        using var both = tensor(new[] { 0L, 1L });
        Assert.StartsWith(bad, Assert.Throws<InvalidDataException>(() => examples.Read(both)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_identity_changes_when_a_picture_is_added()
    {
        for (int i = 0; i < 8; i++) Paint($"pictures/{(i % 2 == 0 ? "a" : "b")}/{i}.png", i);
        using var before = DataCatalog.Open($"folder:{scratch["pictures"]}");
        using var again = DataCatalog.Open($"folder:{scratch["pictures"]}");
        Assert.Equal(before.Identity, again.Identity);
        Paint("pictures/a/9.png", 9);
        using var after = DataCatalog.Open($"folder:{scratch["pictures"]}");
        Assert.NotEqual(before.Identity, after.Identity);
    }

    [Fact]
    public void Folders_that_make_no_data_set_are_refused_with_the_reason()
    {
        Assert.Throws<DirectoryNotFoundException>(() => DataCatalog.Open($"folder:{scratch["absent"]}"));
        Assert.Throws<ArgumentException>(() => DataCatalog.Open("folder:"));
        Directory.CreateDirectory(scratch["empty"]);
        Assert.Contains(
            "no subfolders", Assert.Throws<InvalidDataException>(() => DataCatalog.Open($"folder:{scratch["empty"]}")).Message,
            StringComparison.Ordinal);
        Directory.CreateDirectory(scratch["empty/cat"]);
        Assert.Contains(
            "holds no pictures", Assert.Throws<InvalidDataException>(() => DataCatalog.Open($"folder:{scratch["empty"]}")).Message,
            StringComparison.Ordinal);
        Paint("p/train/cat/1.png", 1);
        Paint("p/test/cow/1.png", 1);
        Assert.Contains(
            "'cow'", Assert.Throws<InvalidDataException>(() => DataCatalog.Open($"folder:{scratch["p"]}")).Message, StringComparison.Ordinal);
        Assert.Contains(
            "size after #", Assert.Throws<ArgumentException>(() => DataCatalog.Open($"folder:{scratch["p"]}#big")).Message, StringComparison.Ordinal);
    }

    /// <summary>A picture of one shade, ten times its number.</summary>
    private void Paint(string path, int number)
    {
        using var shade = full([3, 12, 10], 10 * number, ScalarType.Byte);
        Picture.Save(shade, scratch[path]);
    }
}
