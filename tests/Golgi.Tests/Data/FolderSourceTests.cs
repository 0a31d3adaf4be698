using Golgi.Data;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data;

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
        Assert.Equal((15, 2, 3), (data.Train.Count, data.Validation.Count, data.Test.Count));
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
        Assert.Contains("no subfolders", Assert.Throws<InvalidDataException>(() => DataCatalog.Open($"folder:{scratch["empty"]}")).Message, StringComparison.Ordinal);
        Directory.CreateDirectory(scratch["empty/cat"]);
        Assert.Contains("holds no pictures", Assert.Throws<InvalidDataException>(() => DataCatalog.Open($"folder:{scratch["empty"]}")).Message, StringComparison.Ordinal);
        Paint("p/train/cat/1.png", 1);
        Paint("p/test/cow/1.png", 1);
        Assert.Contains("'cow'", Assert.Throws<InvalidDataException>(() => DataCatalog.Open($"folder:{scratch["p"]}")).Message, StringComparison.Ordinal);
        Assert.Contains("size after #", Assert.Throws<ArgumentException>(() => DataCatalog.Open($"folder:{scratch["p"]}#big")).Message, StringComparison.Ordinal);
    }

    /// <summary>A picture of one shade, ten times its number.</summary>
    private void Paint(string path, int number)
    {
        using var shade = full([3, 12, 10], 10 * number, ScalarType.Byte);
        Picture.Save(shade, scratch[path]);
    }
}
