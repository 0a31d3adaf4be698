using System.CommandLine;
using Golgi.App.Commands.Options;
using Golgi.App.Rendering;
using Golgi.Interchange;
using Golgi.Jobs;
using Golgi.Networks;
using Spectre.Console;

namespace Golgi.App.Commands.Models;

/// <summary><c>golgi model inspect</c>: what a file holds.</summary>
internal sealed class ModelInspectCommand : Verb
{
    private readonly KeepOption keep = new();

    public ModelInspectCommand()
        : base(
            "inspect", "Looks into a file of a network or of weights: layers, shapes, parameters, multiply-adds, operators that cannot "
                + "be computed.")
    {
        Arguments.Add(File);
        keep.AddTo(this);
    }

    public Argument<string> File { get; } = new("FILE")
    {
        Description = $"{ModelFile.Usage}; or weights: {string.Join(", ", WeightFile.Endings)}.",
    };

    public override int Run(Session session)
    {
        using var job = new InspectJob(session.Value(File));
        keep.Print(session, job, Draw);
        return ExitCode.Done;
    }

    private static void Draw(ModelInspection found, IAnsiConsole console)
    {
        string producer = found.Producer.Length > 0 ? $", written by {found.Producer}" : "";
        console.WriteLine($"{found.File}: {found.Format}{producer}");
        if (found.Inputs.Count > 0) console.WriteLine($"in: {string.Join("; ", found.Inputs)}   out: {string.Join("; ", found.Outputs)}");
        if (found.Operators.Count > 0)
        {
            console.WriteLine($"operators: {string.Join(", ", found.Operators.Select(entry => $"{entry.Value} {entry.Key}"))}");
        }
        foreach (string node in found.Unsupported) console.WriteLine($"cannot be computed: {node}");
        if (found.Layers is { } layers) console.Write(Layers(layers));
        if (found.Tensors.Count > 0) console.Write(Tensors(found.Tensors));
        string cost = found.MultiplyAdds is { } products ? $", {products:N0} multiply-adds" : "";
        console.WriteLine($"{found.Parameters:N0} parameters{cost}");
    }

    private static Table Layers(IReadOnlyList<LayerRow> layers)
    {
        var table = Tables.Columns("layer", "kind", "weights", "output", "#parameters", "#multiply-adds");
        foreach (var layer in layers)
        {
            table.Row(
                layer.Name,
                layer.Kind,
                string.Join('×', layer.WeightShape),
                string.Join('×', layer.OutputShape),
                layer.Parameters == 0 ? "" : $"{layer.Parameters:N0}",
                layer.MultiplyAdds == 0 ? "" : $"{layer.MultiplyAdds:N0}");
        }

        return table;
    }

    private static Table Tensors(IReadOnlyList<TensorRow> tensors)
    {
        var table = Tables.Columns("tensor", "type", "shape");
        foreach (var tensor in tensors) table.Row(tensor.Name, tensor.Type, string.Join('×', tensor.Shape));
        return table;
    }
}
