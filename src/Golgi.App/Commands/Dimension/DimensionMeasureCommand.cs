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
        problem.AddTo(this);
        search.AddTo(this);
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
        using var job = new MeasureJob(asked, options, data);
        var done = search.Workers.Run(session, job);
        if (session.Value(Figure) is { } file)
        {
            FigureFile.Write(file.FullName, [DimensionFigure.Of(done.Result, PublishedCurve.For(asked))]);
            session.Say($"golgi: figure in {file.FullName}");
        }

        session.Print(done, DimensionView.Draw);
        return ExitCode.Done;
    }
}
