using Golgi.Data;
using TorchSharp;
using Xunit;

namespace Golgi.Tests.Data;

public sealed class DataCatalogTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private DataOptions Here => new() { Folder = scratch.Folder, EnvironmentFolder = null, CacheFolder = scratch["cache"] };

    [Fact]
    public void A_misspelt_name_gets_the_nearest_names()
    {
        var error = Assert.Throws<ArgumentException>(() => DataCatalog.Open("mnits"));
        Assert.Contains("No data set 'mnits'. Nearest: mnist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_three_parts_are_disjoint_and_complete()
    {
        IdxBytes.WriteMnist(scratch, 100, 20);
        using var data = DataCatalog.Open("mnist", Here with { ValidationCount = 30 });
        Assert.Equal((70, 30, 20), (data.Train.Count, data.Validation.Count, data.Test.Count));

        // The images' first pixels are their numbers.
        int[] train = Numbers(data.Train), validation = Numbers(data.Validation);
        Assert.Equal(Enumerable.Range(0, 100), train.Concat(validation).Order());
        Assert.NotEqual(Enumerable.Range(0, 30), validation);
        Assert.Equal(train.Select(i => (long)(i % 10)), data.Train.Labels.data<long>().ToArray());
    }

    [Fact]
    public void One_seed_always_holds_out_the_same_examples_and_another_seed_others()
    {
        IdxBytes.WriteMnist(scratch, 100, 20);
        using var first = DataCatalog.Open("mnist", Here with { ValidationCount = 30 });
        using var again = DataCatalog.Open("mnist", Here with { ValidationCount = 30, TrainLimit = 10, TestLimit = 5 });
        using var other = DataCatalog.Open("mnist", Here with { ValidationCount = 30, Seed = 1 });
        Assert.Equal(Numbers(first.Validation), Numbers(again.Validation));
        Assert.NotEqual(Numbers(first.Validation), Numbers(other.Validation));
        Assert.Equal((10, 5), (again.Train.Count, again.Test.Count));
        Assert.Empty(Numbers(again.Train).Except(Numbers(first.Train)));
        Assert.Equal(3, new[] { first.Identity, again.Identity, other.Identity }.Distinct().Count());
    }

    [Fact]
    public void The_identity_changes_with_the_files()
    {
        IdxBytes.WriteMnist(scratch, 100, 20);
        using var before = DataCatalog.Open("mnist", Here with { ValidationCount = 30 });
        IdxBytes.WriteMnist(scratch, 100, 21);
        using var after = DataCatalog.Open("mnist", Here with { ValidationCount = 30 });
        Assert.NotEqual(before.Identity, after.Identity);
    }

    [Fact]
    public void A_number_of_labels_other_than_that_of_images_is_refused_naming_both_files()
    {
        IdxBytes.WriteMnist(scratch, 100, 20);
        scratch.Write("mnist/train-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Of(new byte[99], 99)));
        var error = Assert.Throws<InvalidDataException>(() => DataCatalog.Open("mnist", Here).Dispose());
        Assert.Contains("train-labels-idx1-ubyte.gz: holds 99 labels", error.Message, StringComparison.Ordinal);
        Assert.Contains("train-images-idx3-ubyte.gz holds 100 images", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_without_a_class_is_refused()
    {
        IdxBytes.WriteMnist(scratch, 100, 20);
        scratch.Write("mnist/t10k-labels-idx1-ubyte.gz", IdxBytes.Gzip(IdxBytes.Of([.. Enumerable.Repeat((byte)10, 20)], 20)));
        var error = Assert.Throws<InvalidDataException>(() => DataCatalog.Open("mnist", Here).Dispose());
        Assert.Contains("label 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_are_not_there_are_missed_with_all_places_and_the_command_that_gets_them()
    {
        var error = Assert.Throws<FileNotFoundException>(() => DataCatalog.Open("fashion-mnist", Here));
        Assert.Contains($"{scratch.Folder} (--data-dir): no fashion-mnist/train-images-idx3-ubyte.gz", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{scratch["cache"]} (cache): no such folder", error.Message, StringComparison.Ordinal);
        Assert.Contains("golgi data get fashion-mnist", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_validation_than_training_examples_is_refused()
    {
        IdxBytes.WriteMnist(scratch, 100, 20);
        Assert.Throws<ArgumentOutOfRangeException>(() => DataCatalog.Open("mnist", Here).Dispose()); // 5,000 by default
    }

    private static int[] Numbers(Examples part)
    {
        using var scope = torch.NewDisposeScope();
        return [.. part.Read(torch.arange(part.Count))[.., 0, 0, 0].data<byte>().ToArray().Select(value => (int)value)];
    }
}
