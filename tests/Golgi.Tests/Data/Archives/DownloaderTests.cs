using System.Net;
using System.Security.Cryptography;
using Golgi.Data.Archives;
using Golgi.Foundation;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Data.Archives;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(i => (byte)(i * i / 7))];
    private readonly Scratch scratch = new();
    private readonly FileServer server = new(Content);

    public void Dispose()
    {
        server.Dispose();
        scratch.Dispose();
    }

    private DataFile Wanted => new("set/file.bin", Content.Length, Convert.ToHexStringLower(SHA256.HashData(Content)), server.Address);

    [Fact]
    public async Task A_file_arrives_whole_in_its_place_and_a_second_call_asks_for_nothing()
    {
        Assert.True(await Fetch());
        Assert.Equal(Content, await File.ReadAllBytesAsync(scratch["set/file.bin"]));
        Assert.Equal(["file.bin"], Directory.GetFiles(scratch["set"]).Select(Path.GetFileName));
        Assert.False(await Fetch());
        Assert.Single(server.Ranges);
    }

    [Fact]
    public async Task A_broken_download_goes_on_where_it_stopped()
    {
        server.BreaksAfter = 200_000;
        var error = await Assert.ThrowsAsync<HttpRequestException>(Fetch);
        Assert.Contains("the same command continues from there", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch["set/file.bin"]));
        long have = new FileInfo(scratch["set/file.bin.part"]).Length;
        Assert.InRange(have, 1, 200_000);

        server.BreaksAfter = int.MaxValue;
        Assert.True(await Fetch());
        Assert.Equal(["", $"bytes={have}-"], server.Ranges);
        Assert.Equal(Content, await File.ReadAllBytesAsync(scratch["set/file.bin"]));
    }

    [Fact]
    public async Task A_server_without_ranges_sends_everything_again()
    {
        server.KnowsRanges = false;
        scratch.Write("set/file.bin.part", Content[..1000]);
        Assert.True(await Fetch());
        Assert.Equal(Content, await File.ReadAllBytesAsync(scratch["set/file.bin"]));
    }

    [Fact]
    public async Task A_whole_part_is_taken_without_asking_again()
    {
        scratch.Write("set/file.bin.part", Content);
        Assert.True(await Fetch());
        Assert.Empty(server.Ranges);
    }

    [Fact]
    public async Task What_was_tampered_with_is_refused_and_nothing_of_it_kept()
    {
        server.Content = [.. Content];
        server.Content[123_456] ^= 1;
        var error = await Assert.ThrowsAsync<InvalidDataException>(Fetch);
        Assert.Contains(server.Address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(scratch["set"]));
    }

    [Fact]
    public async Task A_damaged_part_is_found_out_by_the_digest_and_the_next_call_starts_afresh()
    {
        byte[] part = Content[..1000];
        part[5] ^= 1;
        scratch.Write("set/file.bin.part", part);
        await Assert.ThrowsAsync<InvalidDataException>(Fetch);
        Assert.True(await Fetch());
        Assert.Equal(Content, await File.ReadAllBytesAsync(scratch["set/file.bin"]));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public async Task A_file_of_another_size_is_refused(int difference)
    {
        server.Content = difference > 0 ? [.. Content, .. new byte[difference]] : Content[..^-difference];
        await Assert.ThrowsAsync<InvalidDataException>(Fetch);
        Assert.Empty(Directory.GetFiles(scratch["set"]));
    }

    [Fact]
    public async Task A_file_that_is_not_the_published_one_is_replaced()
    {
        scratch.Write("set/file.bin", [1, 2, 3]);
        Assert.True(await Fetch());
        Assert.Equal(Content, await File.ReadAllBytesAsync(scratch["set/file.bin"]));
    }

    [Fact]
    public async Task A_refusal_is_told_with_the_address_and_its_status()
    {
        server.Status = HttpStatusCode.NotFound;
        var error = await Assert.ThrowsAsync<HttpRequestException>(Fetch);
        Assert.Contains("404", error.Message, StringComparison.Ordinal);
        Assert.Contains(server.Address.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(scratch["set"]));
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        server.Sleeps = true;
        using var downloader = new Downloader { Patience = TimeSpan.FromMilliseconds(200) };
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => downloader.FetchAsync(Wanted, scratch.Folder));
        Assert.Contains("nothing came for", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancelled_download_ends_as_cancelled()
    {
        server.Sleeps = true;
        using var cancellation = new CancellationTokenSource(100);
        using var downloader = new Downloader();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => downloader.FetchAsync(Wanted, scratch.Folder, null, cancellation.Token));
    }

    [Fact]
    public async Task Progress_tells_bytes_of_bytes()
    {
        var seen = new List<WorkProgress>();
        using var downloader = new Downloader();
        await downloader.FetchAsync(Wanted, scratch.Folder, new Listener(seen.Add));
        Assert.Equal((Content.Length, Content.Length), (seen[^1].Done, seen[^1].Total));
        Assert.Equal(seen.OrderBy(step => step.Done), seen);
    }

    [Fact]
    public void The_command_takes_what_is_not_the_published_file_for_bad_input()
    {
        string mirror = server.Address.GetLeftPart(UriPartial.Authority);
        var run = Tool.Call("data", "get", "mnist", "--mirror", mirror, "--data-dir", scratch["d"]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("which is not train-images-idx3-ubyte.gz", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(scratch["d"], "*", SearchOption.AllDirectories));
        Assert.Equal(2, Tool.Call("data", "get", "mnist", "--mirror", "ftp://somewhere").ExitCode);
        Assert.Equal(2, Tool.Call("data", "get", "strokes").ExitCode);
    }

    private async Task<bool> Fetch()
    {
        using var downloader = new Downloader();
        return await downloader.FetchAsync(Wanted, scratch.Folder);
    }
}
