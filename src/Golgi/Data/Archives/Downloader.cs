using System.Net;
using System.Net.Http.Headers;
using Golgi.Foundation;

namespace Golgi.Data.Archives;

/// <summary>Brings published files onto this machine: resumes what was interrupted, verifies size and SHA-256, and puts
/// a file in its place only when it is whole.</summary>
public sealed class Downloader : IDisposable
{
    private const int BufferBytes = 1 << 17;
    private readonly HttpClient client;

    /// <summary>Makes a downloader; nothing is opened yet.</summary>
    public Downloader()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(30),
            AutomaticDecompression = DecompressionMethods.None,
        };
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("golgi", null));
    }

    /// <summary>How long a server may stay silent. Default: a minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Brings a file, unless it is already there with the right digest.</summary>
    /// <param name="file">What to bring, and what it must be.</param>
    /// <param name="folder">The data folder; the file goes to <c>folder/file.Path</c>, and until it is whole to that
    /// path with <c>.part</c>.</param>
    /// <returns>True if something was downloaded.</returns>
    /// <exception cref="InvalidDataException">What came is not the file; nothing is kept of it.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached, refuses, or the connection broke; what
    /// came is kept for the next call.</exception>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public async Task<bool> FetchAsync(
        DataFile file, string folder, IProgress<WorkProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        string target = Path.GetFullPath(Path.Combine(folder, file.Path)), part = target + ".part";
        if (File.Exists(target) && Digest.OfFile(target) == file.Sha256) return false;

        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        try
        {
            if (!File.Exists(part) || new FileInfo(part).Length != file.Bytes)
            {
                await ReceiveAsync(file, part, progress, cancellation).ConfigureAwait(false);
            }

            Accept(file, part, target);
            return true;
        }
        catch (InvalidDataException)
        {
            File.Delete(part);
            throw;
        }
        finally
        {
            if (File.Exists(part) && new FileInfo(part).Length == 0) File.Delete(part);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private async Task ReceiveAsync(DataFile file, string part, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await using var output = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            long have = output.Length < file.Bytes ? output.Length : 0;
            using var request = new HttpRequestMessage(HttpMethod.Get, file.Source);
            if (have > 0) request.Headers.Range = new RangeHeaderValue(have, null);
            using var response =
                await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();

            // A server that knows no ranges sends the whole file.
            bool resumed = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == have;
            long start = resumed ? have : 0;
            if (response.Content.Headers.ContentLength is { } announced && start + announced != file.Bytes)
            {
                throw new InvalidDataException(
                    $"{file.Source}: the server offers {start + announced:N0} bytes, which is not {Path.GetFileName(file.Path)}; "
                    + $"it has {file.Bytes:N0}. Nothing was kept.");
            }

            output.SetLength(start);
            output.Position = output.Length;
            await using var input = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            byte[] buffer = new byte[BufferBytes];
            while (output.Length <= file.Bytes)
            {
                patience.CancelAfter(Patience);
                int read = await input.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
                if (read == 0) break;
                await output.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                string task = $"downloading {Path.GetFileName(file.Path)}";
                progress?.Report(new WorkProgress(task, output.Length, file.Bytes, Megabytes(output.Length, file.Bytes)));
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Interrupted(file, $"nothing came for {Patience.TotalSeconds:0} seconds", null);
        }
        catch (HttpRequestException error)
        {
            throw Interrupted(file, error.Message, error);
        }
        catch (HttpIOException error)
        {
            throw Interrupted(file, error.Message, error);
        }
    }

    private static void Accept(DataFile file, string part, string target)
    {
        long length = new FileInfo(part).Length;
        if (length < file.Bytes) throw Interrupted(file, $"the connection ended after {length:N0} of {file.Bytes:N0} bytes", null);
        string digest = Digest.OfFile(part);
        if (length == file.Bytes && digest == file.Sha256)
        {
            File.Move(part, target, overwrite: true);
            return;
        }

        throw new InvalidDataException(
            $"{file.Source}: what the server sent is not {Path.GetFileName(file.Path)}: {length:N0} bytes with SHA-256 {digest}; "
            + $"it must be {file.Bytes:N0} bytes with {file.Sha256}. Nothing was kept.");
    }

    private static string Megabytes(long have, long all) => $"{have / 1e6:0.0} of {all / 1e6:0.0} MB";

    private static HttpRequestException Interrupted(DataFile file, string reason, Exception? inner) =>
        new($"{file.Source}: {reason}. What came is kept; the same command continues from there.", inner);
}
