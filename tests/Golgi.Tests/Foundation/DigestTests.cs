using Golgi.Foundation;
using Xunit;

namespace Golgi.Tests.Foundation;

public sealed class DigestTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("golgi-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(100)]
    [InlineData(9 << 20)]
    public void A_kept_digest_is_that_of_the_bytes_and_changes_with_them(int bytes)
    {
        string file = Path.Combine(folder.FullName, "file"), cache = Path.Combine(folder.FullName, "cache");
        byte[] content = new byte[bytes];
        File.WriteAllBytes(file, content);
        string first = Digest.OfUnchangedFile(file, cache), again = Digest.OfUnchangedFile(file, cache);
        content[^1] = 1;
        File.WriteAllBytes(file, content);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(2));

        Assert.Equal(first, again);
        Assert.NotEqual(first, Digest.OfFile(file));
        Assert.Equal(Digest.OfFile(file), Digest.OfUnchangedFile(file, cache));
    }

    [Fact]
    public void Of_a_large_file_the_digest_is_read_and_not_computed_again()
    {
        string file = Path.Combine(folder.FullName, "file"), cache = Path.Combine(folder.FullName, "cache");
        File.WriteAllBytes(file, new byte[9 << 20]);
        Digest.OfUnchangedFile(file, cache);
        string kept = Assert.Single(Directory.GetFiles(cache));
        File.WriteAllText(kept, new string('a', 64));

        Assert.Equal(new string('a', 64), Digest.OfUnchangedFile(file, cache));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_costs_nothing_but_time()
    {
        string file = Path.Combine(folder.FullName, "file"), cache = Path.Combine(folder.FullName, "cache");
        File.WriteAllBytes(file, new byte[9 << 20]);
        File.WriteAllText(cache, "a file where a folder should be");

        Assert.Equal(Digest.OfFile(file), Digest.OfUnchangedFile(file, cache));
    }
}
