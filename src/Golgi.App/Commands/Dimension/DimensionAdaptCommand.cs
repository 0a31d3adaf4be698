using Golgi.App.Rendering;
using Golgi.Instruments.Dimension.Adapters;
using Golgi.Instruments.Dimension.Trials;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension adapt</c>: how many numbers bring a trained network to another task.</summary>
internal sealed class DimensionAdaptCommand : Verb
{
    private readonly ProblemOptions problem = new();
    private readonly SearchFlags search = new();

    public DimensionAdaptCommand()
        : base(
            "adapt",
            "Measures the intrinsic dimension of bringing a trained network (--from) to another task (--data), with and without "
            + "a scale for each parameter; then trains adapters of the size that follows, of a random basis and of low rank, "
            + "and says what they reach.")
    {
        problem.From.Required = true;
        problem.AddTo(this, except: problem.Spread);
        search.AddTo(this);
    }

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = problem.Read(session);
        var options = search.Read(session);
        using var data = ShuffledData.Open(asked, session.DataFolder);
        using var job = new AdaptJob(asked, options, data);
        session.Print(search.Workers.Run(session, job), AdaptationView.Draw);
        return ExitCode.Done;
    }
}
