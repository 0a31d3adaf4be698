using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Foundation;
using Golgi.Instruments.Dimension.Files;
using Golgi.Instruments.Dimension.Trials;
using Golgi.Jobs;
using Golgi.Runs;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension compress</c>: a network as a seed and coordinates.</summary>
internal sealed class DimensionCompressCommand : Verb
{
    private readonly ProblemOptions problem = new();

    public DimensionCompressCommand()
        : base(
            "compress",
            "Trains a network in a random subspace and writes it as a seed and coordinates: kilobytes that 'expand' turns into the same "
                + "network anywhere.")
    {
        Arguments.Add(Source);
        problem.AddTo(this);
        Options.Add(Dimension);
        Options.Add(Bits);
        Options.Add(To);
    }

    public Argument<string?> Source { get; } = new("RUN")
    {
        Description = "A run of 'golgi train' or 'golgi dimension measure' whose data and network to take: its folder, its name under --runs or the "
            + "beginning of it. Without one: --data and --model.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<int?> Dimension { get; } = new("--d")
    {
        Description = "Coordinates. Default: the intrinsic dimension that RUN found, and a tenth.",
    };

    public Option<string> Bits { get; } = new("--bits")
    {
        Description = "How coordinates are written: 32, 16 or 8 bits each, or codebook:K, the nearest of K values.",
        DefaultValueFactory = _ => "16",
    };

    public Option<FileInfo> To { get; } = new("--to") { Description = "The file.", DefaultValueFactory = _ => new FileInfo("network.gkn") };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var (asked, found) = Read(session);
        double? wished = session.Value(Dimension) ?? found * 1.1;
        int dimension = (int)Check.InRange(
            (long)(wished ?? throw new ArgumentException(
                "How many coordinates? Give --d, or a RUN of 'golgi dimension measure' that found a dimension.")),
            1, int.MaxValue, "--d");
        var code = CoordinateCode.Parse(session.Value(Bits));
        using var data = ShuffledData.Open(asked, session.DataFolder);
        using var job = new CompressJob(asked, data, dimension, code);
        var done = session.Run(job);
        string to = session.Value(To).FullName;
        AtomicFile.Write(to, stream => stream.Write(System.IO.File.ReadAllBytes(Path.Combine(done.Artifacts, CompressJob.FileName))));
        session.Print(done, (report, console) => DimensionView.Draw(report, to, console));
        return ExitCode.Done;
    }

    /// <summary>The problem, and the dimension that a run found for it.</summary>
    private (DimensionProblem Problem, double? Found) Read(Session session)
    {
        if (session.Value(Source) is not { } name) return (problem.Read(session), null);
        using var run = RunReference.Open(name, session.RunsFolder);
        switch (run.Configuration.Kind)
        {
            case "dimension" or "dimension-measure": // the first: runs from before there were versions
                double? found = run.Finished ? (double?)run.ResultJson?["d90"]?["value"] : null;
                return (problem.Read(session, run.Configuration.OptionsAs<DimensionProblem>()), found);
            case "train":
                var recipe = run.Configuration.OptionsAs<TrainingRecipe>();
                return (problem.Read(session) with { Data = recipe.Data, Model = recipe.Model, TrainLimit = recipe.TrainLimit }, null);
            default:
                throw new ArgumentException($"{run.Name} is a run of '{run.Configuration.Kind}'; compress takes runs of 'train' and 'dimension'.");
        }
    }
}
