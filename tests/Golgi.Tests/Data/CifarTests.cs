using System.Formats.Tar;
using Golgi.Data;
using Golgi.Data.Archives;
using Golgi.Data.Sources;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Data;

public sealed class CifarTests : IDisposable
{
    private const int RecordBytes = 3073;
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    private DataOptions Here => new()
    {
        Folder = scratch["data"],
        EnvironmentFolder = null,
        CacheFolder = scratch["cache"],
        ValidationCount = 2,
    };

    [Theory]
    [InlineData("cifar-10/cifar-10-binary.tar.xz")]
    [InlineData("cifar-10/cifar-10-binary.tar.gz")]
    [InlineData("cifar-10-binary.tar.gz")]
    public void An_archive_is_unpacked_once_into_the_cache_and_not_into_the_data_folder(string archive)
    {
        byte[] xz = XzSamples.DeltaWithCrc64;
        scratch.Write("data/" + archive, archive.EndsWith("xz", StringComparison.Ordinal) ? xz : IdxBytes.Gzip(Unpack(xz)));
        Check();
        Assert.Single(Directory.GetFiles(scratch["data"], "*", SearchOption.AllDirectories));
        string unpacked = Assert.Single(Directory.GetDirectories(scratch["cache/unpacked"]));
        var first = File.GetCreationTimeUtc(unpacked);
        Check();
        Assert.Equal(first, File.GetCreationTimeUtc(Assert.Single(Directory.GetDirectories(scratch["cache/unpacked"]))));
    }

    [Theory]
    [InlineData("cifar-10/cifar-10-batches-bin")]
    [InlineData("cifar-10")]
    [InlineData("cifar-10-batches-bin")]
    public void A_folder_of_the_six_files_is_read_where_it_lies(string folder)
    {
        WriteBatches("data/" + folder);
        Check();
        Assert.False(Directory.Exists(scratch["cache"]));
    }

    [Fact]
    public void An_entry_with_a_path_out_of_the_archive_is_written_inside_or_not_at_all()
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            Add(tar, "../../../outside.txt", [1]);
            foreach (string batch in CifarFolder.Batches) Add(tar, "../../../../" + batch, new byte[2 * RecordBytes]);
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc" });
        }

        scratch.Write("data/cifar-10-binary.tar.gz", IdxBytes.Gzip(memory.ToArray()));
        DataCatalog.Open("cifar10", Here).Dispose();
        string[] written =
            [.. Directory.GetFiles(scratch.Folder, "*", SearchOption.AllDirectories).Where(path => !path.EndsWith(".gz", StringComparison.Ordinal))];
        Assert.Equal(6, written.Length);
        Assert.All(written, path => Assert.StartsWith(scratch["cache/unpacked"], path, StringComparison.Ordinal));
    }

    [Fact]
    public void A_damaged_archive_is_refused_by_name_and_leaves_nothing_behind()
    {
        byte[] file = XzSamples.DeltaWithCrc64;
        foreach (int length in new[] { 0, 5, 100, 300, file.Length - 40 })
        {
            string path = scratch.Write("data/cifar-10-binary.tar.xz", file[..length]);
            var error = Assert.Throws<InvalidDataException>(() => DataCatalog.Open("cifar10", Here).Dispose());
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            Assert.Empty(Directory.GetFileSystemEntries(scratch["cache/unpacked"]));
        }
    }

    [Fact]
    public void An_archive_without_a_file_is_refused_naming_it()
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true)) Add(tar, "data_batch_1.bin", new byte[RecordBytes]);
        scratch.Write("data/cifar-10-binary.tar.gz", IdxBytes.Gzip(memory.ToArray()));
        var error = Assert.Throws<InvalidDataException>(() => DataCatalog.Open("cifar10", Here).Dispose());
        Assert.Contains("lacks data_batch_2.bin, ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_batch_and_a_label_above_nine_are_refused_naming_file_and_place()
    {
        WriteBatches("data/cifar-10");
        byte[] bytes = new byte[2 * RecordBytes];
        scratch.Write("data/cifar-10/test_batch.bin", bytes[..^1]);
        Assert.Contains("test_batch.bin: holds 6145 bytes", Refused(), StringComparison.Ordinal);
        bytes[RecordBytes] = 10;
        scratch.Write("data/cifar-10/test_batch.bin", bytes);
        Assert.Contains("test_batch.bin: record 1 at byte 3073 has label 10", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_tells_files_that_differ_from_the_published_ones()
    {
        var (source, _) = DataCatalog.Find("cifar10");
        Assert.All(source.Verify(Here), check => Assert.Equal(FileState.Missing, check.State));
        WriteBatches("data/cifar-10");
        Assert.All(source.Verify(Here), check => Assert.Equal(FileState.Differs, check.State));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void The_real_pictures_have_the_published_mean_and_deviation()
    {
        Assert.SkipUnless(DataCatalog.Find("cifar10").Source.Locate(new DataOptions()) is not null, "CIFAR-10 is not in GOLGI_DATA.");
        using var data = DataCatalog.Open("cifar10", new DataOptions { ValidationCount = 0 });
        using var scope = NewDisposeScope();
        var (deviation, mean) = std_mean(((TensorExamples)data.Train).Inputs.to(ScalarType.Float32).div_(255), [0L, 2, 3], unbiased: false);
        Near([0.49139968, 0.48215841, 0.44653091], mean);
        Near([0.24703223, 0.24348513, 0.26158784], deviation);
        Assert.All(data.Train.Labels.bincount(null, 10).data<long>(), count => Assert.Equal(5000, count));
        Assert.All(data.Test.Labels.bincount(null, 10).data<long>(), count => Assert.Equal(1000, count));
    }

    private static void Near(double[] expected, Tensor actual) =>
        Assert.All(expected.Zip(actual.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 2e-5));

    private void Check()
    {
        using var scope = NewDisposeScope();
        using var data = DataCatalog.Open("cifar10", Here);
        Assert.Equal((8, 2, 2), (data.Train.Count, data.Validation.Count, data.Test.Count));
        Assert.Equal([5L, 8], data.Test.Labels.data<long>().ToArray());
        byte[] second = data.Test.Read(tensor(new[] { 1L })).bytes.ToArray();
        Assert.Equal(Picture(5, 1), second);
    }

    private void WriteBatches(string folder)
    {
        for (int k = 0; k < 6; k++)
        {
            scratch.Write($"{folder}/{CifarFolder.Batches[k]}", [(byte)k, .. Picture(k, 0), (byte)((k + 3) % 10), .. Picture(k, 1)]);
        }
    }

    private static byte[] Picture(int k, int record) =>
        [.. Enumerable.Range(0, 3072).Select(i => (byte)((10 * k) + (5 * record) + (i / 64)))];

    private string Refused() => Assert.Throws<InvalidDataException>(() => DataCatalog.Open("cifar10", Here).Dispose()).Message;

    private static void Add(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });

    private static byte[] Unpack(byte[] xz)
    {
        using var stream = new XzStream(new MemoryStream(xz));
        using var whole = new MemoryStream();
        stream.CopyTo(whole);
        return whole.ToArray();
    }
}
