using System.Text.Json;
using System.Text.Json.Nodes;
using Golgi.Jobs;
using Xunit;

namespace Golgi.Tests.Jobs;

public sealed class WorkerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("golgi-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Jobs_on_the_input_end_in_their_folders_and_are_told_of_on_the_output()
    {
        string[] ends = [.. Serve(Line("counting", 3), Line("counting", 4)).Select(reply => (string)reply["ended"]!)];

        Assert.Equal(["finished", "finished"], ends);
        using var job = new Counting(4);
        Assert.True(new Workspace(folder.FullName).Run(job).Remembered);
    }

    [Fact]
    public void What_is_wrong_with_a_job_is_told_and_the_next_one_is_run()
    {
        var replies = Serve(Line("counting", -1), Line("juggling", 1), Line("counting", 1));

        Assert.Equal(["bad_input", "bad_input", "finished"], replies.Select(reply => (string)reply["ended"]!));
        Assert.Contains("negative", (string)replies[0]["error"]!, StringComparison.Ordinal);
        Assert.Contains("juggling", (string)replies[1]["error"]!, StringComparison.Ordinal);
    }

    private static JsonObject[] Serve(params string[] lines)
    {
        using var output = new StringWriter();
        Worker.Serve(Counting.Catalog, new StringReader(string.Join('\n', lines)), output);
        return
        [
            .. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())
                .Where(reply => reply["ended"] is not null),
        ];
    }

    private string Line(string kind, int to) => JsonSerializer.Serialize(
        new Dictionary<string, object> { ["kind"] = kind, ["request"] = new { to }, ["runs"] = folder.FullName });
}
