using System.CommandLine;
using Golgi.App.Rendering;
using Golgi.Instruments.Tickets.Use;
using Golgi.Interchange;
using Golgi.Networks;
using Golgi.Opening;
using Golgi.Runs;
using Spectre.Console;

namespace Golgi.App.Commands.Models;

/// <summary><c>golgi model map</c>: which weights of a file go where in a network.</summary>
internal sealed class ModelMapCommand : Verb
{
    public ModelMapCommand()
        : base(
            "map", "Says which tensors of a weight file fit a network: matched, transposed, of a wrong shape, missing; suggests where names differ.")
    {
        Arguments.Add(Weights);
        Options.Add(To);
    }

    public Argument<string> Weights { get; } = new("WEIGHTS") { Description = $"A weight file: {string.Join(", ", WeightFile.Endings)}." };

    public Option<string> To { get; } =
        new("--to") { Description = $"The network: a name of the catalog (resnet20), or {NetworkReference.Usage}.", Required = true };

    public override int Run(Session session)
    {
        using var weights = WeightFile.Read(session.Value(Weights));
        using var specimen = TicketSpecimen.Open(session.Value(To), session.SpecimenOptions);
        session.Print(WeightMap.Of(weights, Checkpoint.StateOf(specimen.Network)), Draw);
        return ExitCode.Done;
    }

    private static void Draw(WeightMap map, IAnsiConsole console)
    {
        var table = Tables.Columns("network", "shape", "file", "shape", "verdict");
        foreach (var match in map.Matches)
        {
            table.Row(
                match.Name,
                string.Join('×', match.Shape),
                match.Source ?? "",
                match.SourceShape is null ? "" : string.Join('×', match.SourceShape),
                Word(match.Verdict));
        }

        console.Write(table);
        string prefix = map.Prefix.Length > 0 ? $" under '{map.Prefix}'" : "";
        console.WriteLine(
            $"{map.Count(WeightVerdict.Matched)} of {map.Matches.Count} matched{prefix}, {map.Count(WeightVerdict.Transposed)} transposed, "
            + $"{map.Count(WeightVerdict.WrongShape)} of a wrong shape, {map.Count(WeightVerdict.Suggested)} suggested, "
                + $"{map.Count(WeightVerdict.Missing)} missing; "
            + $"{map.Unused.Count} of the file's unused");
        if (map.Unused.Count > 0) console.WriteLine($"unused: {string.Join(", ", map.Unused.Take(20))}");
    }

    private static string Word(WeightVerdict verdict) => verdict switch
    {
        WeightVerdict.WrongShape => "wrong shape",
        _ => verdict.ToString().ToLowerInvariant(),
    };
}
