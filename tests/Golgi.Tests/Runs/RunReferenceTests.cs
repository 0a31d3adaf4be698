using Golgi.Runs;
using Xunit;

namespace Golgi.Tests.Runs;

public sealed class RunReferenceTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("golgi-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void The_beginning_of_a_name_means_the_newest_version_and_a_whole_name_that_run()
    {
        string old = Make("digits", version: 0, seed: 1), renewed = Make("digits", version: 2, seed: 1);

        Assert.Equal(renewed, Name("train-di"));
        Assert.Equal(old, Name(old));
    }

    [Fact]
    public void Two_runs_that_begin_alike_are_both_named()
    {
        string first = Make("digits", version: 1, seed: 1), second = Make("digits", version: 1, seed: 2);
        var error = Assert.Throws<ArgumentException>(() => Name("train-"));

        Assert.Contains(first, error.Message, StringComparison.Ordinal);
        Assert.Contains(second, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_told_with_the_nearest_that_is()
    {
        string known = Make("digits", version: 1, seed: 1);

        Assert.Contains(known, Assert.Throws<ArgumentException>(() => Name("trian-digits")).Message, StringComparison.Ordinal);
    }

    private string Make(string subject, int version, int seed)
    {
        using var run = Run.Open(folder.FullName, new RunConfiguration("train", subject, new() { ["seed"] = seed }, version));
        return run.Name;
    }

    private string Name(string reference)
    {
        using var run = RunReference.Open(reference, folder.FullName);
        return run.Name;
    }
}
