using Golgi.Instruments.Dimension.Files;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Instruments.Tickets.Connectivity;
using Golgi.Instruments.Tickets.Search;
using Golgi.Instruments.Tickets.Supermasks;
using Golgi.Jobs;
using Golgi.Native;
using Golgi.Tests.Data;
using Golgi.Tests.Instruments.Dimension;
using Golgi.Tests.Instruments.Tickets;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Native;

[Collection(TorchState.Name)]
public sealed class ThreadScopeTests
{
    [Fact]
    public void A_scope_sets_a_number_and_puts_the_former_one_back()
    {
        using var two = new ThreadScope(2);
        using (new ThreadScope(3))
        {
            Assert.Equal(3, get_num_threads());
            using (ThreadScope.One()) Assert.Equal(1, get_num_threads());
            Assert.Equal(3, get_num_threads());
        }

        Assert.Equal(2, get_num_threads());
    }

    [Theory]
    [InlineData("train")]
    [InlineData("trial")]
    [InlineData("compress")]
    [InlineData("tickets")]
    [InlineData("masks")]
    [InlineData("learned masks")]
    [InlineData("stability")]
    public void An_entry_whose_recipe_names_a_number_uses_it_and_leaves_the_process_as_it_was(string entry)
    {
        using var scratch = new Scratch();
        using var data = SmallBlueprint.Data();
        var blueprint = SmallBlueprint.Of(data);
        var options = SmallBlueprint.Options(2, rounds: 1) with { Controls = [] };
        options = options with { Recipe = options.Recipe with { Threads = 3 } };
        var problem = TinyTask.Problem with { Steps = 2, Threads = 3 };
        var workspace = new Workspace(scratch.Folder);
        int within = 0;
        var listener = new Listener(_ => within = get_num_threads());

        using var two = new ThreadScope(2);
        switch (entry)
        {
            case "train":
                using (var job = new TrainJob(options.Recipe with { Data = "strokes:600" }, data)) workspace.Run(job, listener);
                break;
            case "trial":
                using (var tiny = TinyTask.Open()) Trial.Execute(problem, tiny, 10, 0, listener);
                break;
            case "compress":
                using (var tiny = TinyTask.Open())
                using (var job = new CompressJob(problem, tiny, 10, CoordinateCode.Parse("16"))) workspace.Run(job, listener);
                break;
            case "tickets":
                workspace.Run(new FindTicketsJob(blueprint, options, [1]), listener);
                break;
            case "masks":
                workspace.Run(new SupermaskJob(blueprint, [1], new HeuristicMaskOptions { Recipe = options.Recipe }), listener);
                break;
            case "learned masks":
                workspace.Run(new MaskLearningJob(blueprint, new MaskLearningOptions { Recipe = options.Recipe, Samples = 1 }, 1), listener);
                break;
            default:
                workspace.Run(new StabilityJob(blueprint, new StabilityOptions { Recipe = options.Recipe, Points = 2 }, [1]), listener);
                break;
        }

        Assert.Equal((3, 2), (within, get_num_threads()));
    }

    [Fact]
    public void Nothing_else_in_the_library_sets_the_number()
    {
        string[] files =
        [
            .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Golgi"), "*.cs", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file).Contains("set_num_threads", StringComparison.Ordinal))
                .Select(file => Path.GetFileName(file)),
        ];
        Assert.Equal(["ThreadScope.cs"], files);
    }
}
