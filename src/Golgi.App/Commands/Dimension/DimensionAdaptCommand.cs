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
        foreach (var option in problem.All.Where(option => option != problem.Spread)) Options.Add(option);
        foreach (var option in search.All) Options.Add(option);
    }

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = problem.Read(session);
        var options = search.Read(session);
        using var data = ShuffledData.Open(asked, session.DataFolder);
        var report = session.Track(progress => Adaptation.Execute(
            asked, options, data, session.RunsFolder, search.Processes(session, progress), progress, session.Cancellation));
        session.Print(report, AdaptationView.Draw);
        return ExitCode.Done;
    }
}
