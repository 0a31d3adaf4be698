using Golgi.Jobs;
using Golgi.Runs;
using Xunit;

namespace Golgi.Tests.Jobs;

public sealed class WorkspaceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("golgi-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_finished_job_is_read_and_not_repeated()
    {
        var workspace = new Workspace(folder.FullName);
        using Counting first = new(3), second = new(3);

        var done = workspace.Run(first);
        var again = workspace.Run(second);

        Assert.False(done.Remembered);
        Assert.True(again.Remembered);
        Assert.Equal((1, 0), (first.Executions, second.Executions));
        Assert.Equal(done.Result, again.Result);
        Assert.Equal(done.Folder, again.Folder);
    }

    [Fact]
    public void A_stopped_job_goes_on_where_it_was()
    {
        var workspace = new Workspace(folder.FullName);
        using var stop = new CancellationTokenSource();
        using var stopped = new Counting(5) { Before = count => { if (count == 2) stop.Cancel(); } };
        Assert.Throws<OperationCanceledException>(() => workspace.Run(stopped, cancellation: stop.Token));
        using var next = new Counting(5);

        Assert.Equal(new Counting.Counted(5, 3), workspace.Run(next).Result);
    }

    [Fact]
    public void A_job_that_finds_its_input_wrong_leaves_nothing()
    {
        using var wrong = new Counting(-1);
        Assert.Throws<ArgumentException>(() => new Workspace(folder.FullName).Run(wrong));

        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Other_inputs_and_other_options_are_other_runs()
    {
        string[] names = [.. new[] { new Counting(3), new Counting(4), new Counting(3, inputs: "other"), new Counting(3, version: 2) }
            .Select(job => job.Configuration.Name)];

        Assert.Equal(4, names.Distinct().Count());
    }

    [Fact]
    public void A_run_of_an_older_version_is_told_of_once_and_not_taken()
    {
        var said = new List<string>();
        var workspace = new Workspace(folder.FullName) { Notice = said.Add };
        using Counting old = new(3), renewed = new(3, version: 2), again = new(3, version: 2);
        workspace.Run(old);

        Assert.False(workspace.Run(renewed).Remembered);
        Assert.True(workspace.Run(again).Remembered);
        Assert.Contains(old.Configuration.Name, Assert.Single(said), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_kept_leaves_no_folder_and_is_computed_each_time()
    {
        var workspace = new Workspace(folder.FullName);
        using var job = new Counting(3);
        workspace.Compute(job);
        workspace.Compute(job);

        Assert.Equal(2, job.Executions);
        Assert.Empty(folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Several_jobs_come_back_in_their_order_and_only_missing_ones_are_executed()
    {
        var workspace = new Workspace(folder.FullName);
        using Counting known = new(2);
        workspace.Run(known);
        Counting[] jobs = [new(1), new(2), new(3)];

        var done = workspace.RunAll(jobs);

        Assert.Equal([1, 2, 3], done.Select(one => one.Result.Count));
        Assert.Equal([false, true, false], done.Select(one => one.Remembered));
        Assert.Equal([1, 0, 1], jobs.Select(job => job.Executions));
    }

    [Fact]
    public void A_result_carries_its_schema_and_a_configuration_its_version()
    {
        using var job = new Counting(1);
        string run = new Workspace(folder.FullName).Run(job).Folder!;

        using var read = Run.Read(run);
        Assert.Equal(1, (int?)read.ResultJson!["schema"]);
        Assert.Equal(1, read.Configuration.Version);
    }

    [Fact]
    public void A_configuration_from_before_versions_still_has_its_hash()
    {
        var old = new RunConfiguration("train", "strokes", new() { ["a"] = 1 });

        Assert.Equal("73c1c69b", old.Hash[..8]);
    }
}
