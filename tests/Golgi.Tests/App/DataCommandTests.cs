using System.Text.Json;
using Golgi.Data;
using Golgi.Data.Archives;
using Golgi.Data.Generators;
using Golgi.Data.Sources;
using Golgi.Imaging;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.App;

public sealed class DataCommandTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public void The_list_says_what_is_there_and_where_it_was_looked_for()
    {
        IdxBytes.WriteMnist(scratch, 20, 10);
        var listing = Json("data", "list", "--data-dir", scratch.Folder);
        Assert.Equal(scratch.Folder, listing.GetProperty("folders")[0].GetProperty("path").GetString());
        Assert.Equal("--data-dir", listing.GetProperty("folders")[0].GetProperty("origin").GetString());
        var states = listing.GetProperty("data_sets").EnumerateArray()
            .ToDictionary(set => set.GetProperty("name").GetString()!, set => set.GetProperty("state").GetString());
        Assert.Equal("present", states["mnist"]);
        Assert.Equal("built in", states["strokes"]);
        Assert.Equal("your own", states["csv"]);
        Assert.Equal(DataCatalog.Sources.Count, states.Count);
    }

    [Fact]
    public void Show_counts_the_classes_and_draws_a_row_for_each()
    {
        var shown = Json("data", "show", "strokes:120", "--per-class", "3", "--picture", scratch["sheet.png"]);
        var classes = shown.GetProperty("classes").EnumerateArray().ToArray();
        Assert.Equal(120, classes.Sum(row => row.GetProperty("train").GetInt64()));
        Assert.Equal(20, classes.Sum(row => row.GetProperty("test").GetInt64()));
        using var sheet = Picture.Load(scratch["sheet.png"]);
        Assert.Equal(4 + (10 * (56 + 4)), sheet.shape[1]);

        // A row for each digit: the left of every row holds ink.
        using var inked = sheet[0, .., ..64].lt(100).sum(1, type: ScalarType.Int64);
        for (int digit = 0; digit < 10; digit++) Assert.True(inked[4 + (60 * digit) + 28].item<long>() > 0);
    }

    [Fact]
    public void A_class_without_enough_examples_leaves_white_places()
    {
        using var scope = NewDisposeScope();
        using var part = new TensorExamples(zeros(3, 1, 4, 4).to(ScalarType.Byte), tensor(new long[] { 1, 1, 0 }));
        var sheet = DataSheet.Draw(part, ["", "", ""], perClass: 2, seed: 0);
        Assert.Equal(3 * 8 * 8, sheet[0].eq(0).sum().item<long>());
        Assert.True(sheet[0, 28..36, ..].eq(255).all().item<bool>());
    }

    [Fact]
    public void The_choice_on_the_sheet_is_the_seeds()
    {
        using var scope = NewDisposeScope();
        using var digits = Strokes.Draw(200, 0, 0);
        string[] names = [.. Enumerable.Range(0, 10).Select(i => $"{i}")];
        byte[] first = DataSheet.Draw(digits, names, 4, seed: 1).bytes.ToArray();
        Assert.Equal(first, DataSheet.Draw(digits, names, 4, seed: 1).bytes.ToArray());
        Assert.NotEqual(first, DataSheet.Draw(digits, names, 4, seed: 2).bytes.ToArray());
    }

    [Fact]
    public void A_check_ends_with_0_for_originals_with_3_for_others_and_with_2_for_missing_ones()
    {
        Assert.Equal(0, Tool.Call("data", "check", "strokes").ExitCode);
        IdxBytes.WriteMnist(scratch, 20, 10);
        var differs = Tool.Call("data", "check", "mnist", "--data-dir", scratch.Folder);
        Assert.Equal(3, differs.ExitCode);
        Assert.Contains("differs", differs.Output, StringComparison.Ordinal);
        File.Delete(scratch["mnist/t10k-labels-idx1-ubyte.gz"]);
        var (source, _) = DataCatalog.Find("mnist");
        var found = source.Verify(new DataOptions { Folder = scratch.Folder, EnvironmentFolder = null, CacheFolder = scratch["none"] });
        Assert.Equal([FileState.Differs, FileState.Differs, FileState.Differs, FileState.Missing], found.Select(file => file.State));
    }

    [Fact]
    public void Real_files_are_found_original()
    {
        var (source, _) = DataCatalog.Find("mnist");
        Assert.SkipUnless(source.Locate(new DataOptions()) is not null, "MNIST is not in GOLGI_DATA.");
        Assert.All(source.Verify(new DataOptions()), file => Assert.Equal(FileState.Original, file.State));
    }

    [Theory]
    [InlineData("data set 'mnits'. Nearest: mnist", "show", "mnits")]
    [InlineData("part 'tests'. Nearest: test", "show", "strokes:10", "--part", "tests")]
    [InlineData("--per-class is 0", "show", "strokes:10", "--per-class", "0")]
    [InlineData("whole number", "show", "strokes:x")]
    [InlineData("no files to download", "get", "strokes")]
    public void Nonsense_is_bad_input_with_what_would_be_right(string message, params string[] args)
    {
        var run = Tool.Call(["data", .. args, "--out", scratch.Folder]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Empty(Directory.GetFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_picture_that_cannot_be_written_is_bad_input_and_leaves_nothing()
    {
        string file = scratch.Write("file", [1]);
        var run = Tool.Call("data", "show", "strokes:60", "--out", Path.Combine(file, "below"));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal([file], Directory.GetFileSystemEntries(scratch.Folder));
    }

    private static JsonElement Json(params string[] args)
    {
        var run = Tool.Call([.. args, "--json"]);
        Assert.Equal(0, run.ExitCode);
        return JsonDocument.Parse(run.Output).RootElement;
    }
}
