using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Data;
using Golgi.Jobs;
using Golgi.Training;

namespace Golgi.App.Commands;

/// <summary><c>golgi train</c>: trains a reference network and keeps it as a run.</summary>
internal sealed class TrainCommand : Verb
{
    public const string Summary =
        "Trains a network on a data set and keeps it as a run: checkpoints, measurements, result. The same command again returns "
        + "the result of a finished run, or continues one that was interrupted, to the same bits.";

    private readonly RecipeOptions recipe = new();

    public TrainCommand()
        : base("train", Summary)
    {
        Options.Add(Data);
        Options.Add(Model);
        recipe.AddTo(this);
    }

    public Option<string> Data { get; } = new("--data")
    {
        Description = "Data set: strokes (built in), mnist, fashion-mnist, cifar10, folder:PATH, csv:PATH#label; see 'golgi data list'.",
        DefaultValueFactory = _ => "strokes",
    };

    public Option<string> Model { get; } = new("--model")
    {
        Description = "Network: lenet-300-100, fc-784-300-100-10 (any widths), lenet5, conv2, conv4, conv6, resnet20, softmax, cnn-small.",
        DefaultValueFactory = _ => "cnn-small",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = recipe.Read(session, UsualRecipes.For(session.Value(Data), session.Value(Model)) with { Seed = session.Seed });
        using var data = DataCatalog.Open(asked.Data, asked.DataOptions(session.DataFolder));
        using var job = new TrainJob(asked, data);
        var done = session.Run(job);
        session.Print(done, TrainingResultView.Draw);
        return done.Result.Outcome == TrainingOutcome.Finished ? ExitCode.Done : ExitCode.Failed;
    }
}
