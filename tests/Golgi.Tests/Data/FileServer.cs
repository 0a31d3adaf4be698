using System.Globalization;
using System.Net;

namespace Golgi.Tests.Data;

/// <summary>Serves one file on the loopback address, as well or as badly as a test wants.</summary>
internal sealed class FileServer : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly Task serving;

    public FileServer(byte[] content)
    {
        Content = content;
        for (int port = 20000 + (Environment.ProcessId % 20000); ; port++)
        {
            listener.Prefixes.Clear();
            listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                listener.Start();
                Address = new Uri($"http://127.0.0.1:{port}/file.bin");
                break;
            }
            catch (HttpListenerException) when (port < 60000)
            {
            }
        }

        serving = Task.Run(Serve);
    }

    public byte[] Content { get; set; }

    public Uri Address { get; }

    /// <summary>The connection breaks after so many bytes of a response.</summary>
    public int BreaksAfter { get; set; } = int.MaxValue;

    public bool KnowsRanges { get; set; } = true;

    public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

    /// <summary>The server accepts, and then says nothing.</summary>
    public bool Sleeps { get; set; }

    /// <summary>The Range headers of all requests so far; empty where there was none.</summary>
    public List<string> Ranges { get; } = [];

    public void Dispose()
    {
        listener.Close();
        serving.Wait();
    }

    private void Serve()
    {
        try
        {
            while (true) Answer(listener.GetContext());
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // the listener was closed
        }
    }

    private void Answer(HttpListenerContext context)
    {
        string range = context.Request.Headers["Range"] ?? "";
        Ranges.Add(range);
        if (Sleeps) return;
        var response = context.Response;
        response.StatusCode = (int)Status;
        int from = 0;
        if (KnowsRanges && range.Length > 0)
        {
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            response.StatusCode = (int)HttpStatusCode.PartialContent;
            response.Headers["Content-Range"] = $"bytes {from}-{Content.Length - 1}/{Content.Length}";
        }

        response.ContentLength64 = Content.Length - from;
        int length = Math.Min(Content.Length - from, BreaksAfter);
        response.OutputStream.Write(Content, from, length);
        if (length < Content.Length - from) response.Abort();
        else response.Close();
    }
}
