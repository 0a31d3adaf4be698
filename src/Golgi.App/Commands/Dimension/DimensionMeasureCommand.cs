using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.App.Report.Dimension;
using Golgi.App.Report.Plots;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Instruments.Dimension.Trials;

namespace Golgi.App.Commands.Dimension;

/// <summary><c>golgi dimension measure</c>: the intrinsic dimension of a problem.</summary>
internal sealed class DimensionMeasureCommand : Verb
{
    private readonly ProblemOptions problem = new();
    private readonly SearchFlags search = new();

    public DimensionMeasureCommand()
        : base(
            "measure",
            "Measures the intrinsic dimension: the fewest dimensions of a random subspace in which training reaches 90 % of the baseline. "
            + "One training at each dimension brackets it, all replicates at both ends and between them find it. "
            + "Finished trainings are kept; the same command again continues, and another threshold or baseline reuses them.")
    {
        foreach (var option in problem.All) Options.Add(option);
        foreach (var option in search.All) Options.Add(option);
        Options.Add(Figure);
    }

    public Option<FileInfo?> Figure { get; } = new("--figure")
    {
        Description = "Draws accuracy against dimension, with what was published, into this .svg or .html file.",
    };

    public override bool Continues => true;

    public override int Run(Session session)
    {
        var asked = problem.Read(session);
        var options = search.Read(session);
        if (session.Value(Figure) is { } wished) FigureFile.Require(wished.FullName);
        using var data = ShuffledData.Open(asked, session.DataFolder);
        var report = session.Track(progress => DimensionMeasure.Execute(
            asked, options, data, session.RunsFolder, search.Processes(session, progress), progress, session.Cancellation));
        if (session.Value(Figure) is { } file)
        {
            FigureFile.Write(file.FullName, [DimensionFigure.Of(report, PublishedCurve.For(asked))]);
            session.Say($"golgi: figure in {file.FullName}");
        }

        session.Print(report, DimensionView.Draw);
        return ExitCode.Done;
    }
}
