using System.Text.Json;
using Golgi.Interchange;
using Golgi.Similarity;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Similarity;

/// <summary>golgi similarity compare on files, as a user or another program calls it.</summary>
public sealed class SimilarityCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("golgi-similarity");

    [Fact]
    public void Json_has_exactly_the_promised_keys()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(1);
        var call = Tool.Call("similarity", "compare", Save("a", x), Save("b", y), "--method", "cca", "--json", "--quiet");
        Assert.Equal(0, call.ExitCode);
        var json = JsonDocument.Parse(call.Output).RootElement;
        Assert.Equal(
            ["method", "value", "null", "interval", "coefficients", "rank", "kept"], json.EnumerateObject().Select(entry => entry.Name));
        Assert.Equal(["analytic", "permutation"], json.GetProperty("null").EnumerateObject().Select(entry => entry.Name));
        using var overlap = Overlap.Of(x, y);
        Assert.Equal(new Cca().Of(overlap).Value, json.GetProperty("value").GetDouble(), 1e-12);
        Assert.Equal(6, json.GetProperty("coefficients").GetArrayLength());
        Assert.Equal((9, 6), (json.GetProperty("rank")[0].GetInt32(), json.GetProperty("rank")[1].GetInt32()));
    }

    [Fact]
    public void Csv_and_npz_give_what_npy_gives()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(2, samples: 40, left: 3, right: 2);
        string table = Path.Combine(folder.FullName, "x.csv");
        double[] values = [.. x.data<double>()];
        File.WriteAllLines(table, ["u,v,w", .. values.Chunk(3).Select(row => string.Join(",", row.Select(v => v.ToString("R"))))]);
        string archive = Path.Combine(folder.FullName, "y.npz");
        Npy.WriteArchive(archive, [("acts", y), ("other", x)]);
        Assert.Equal(Value(Save("a", x), Save("b", y)), Value(table, archive + ":acts"), 1e-12);
    }

    [Fact]
    public void Mistakes_end_with_2_and_refusals_with_3()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(3);
        var (a, b) = (Save("a", x), Save("b", y));
        var broken = y.clone();
        broken[5, 1] = double.PositiveInfinity;
        Expect(2, "row 5, column 1", a, Save("inf", broken));
        Expect(2, "constant", a, Save("flat", ones_like(y)));
        Expect(2, "200", a, Save("short", y.narrow(0, 0, 150)));
        Expect(2, "no file", a, Path.Combine(folder.FullName, "missing.npy"));
        Expect(2, "Nearest: cka", a, b, "--method", "ckka");
        Expect(2, "--keep", a, b, "--keep", "much");
        Expect(3, "features", Save("wide", x.narrow(0, 0, 8)), Save("few", y.narrow(0, 0, 8)));
        Expect(3, "4 examples", Save("four", x.narrow(0, 0, 4)), Save("fours", y.narrow(0, 0, 4)), "--method", "cka");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static void Expect(int code, string words, params string[] arguments)
    {
        var call = Tool.Call(["similarity", "compare", .. arguments, "--json", "--quiet"]);
        Assert.Equal(code, call.ExitCode);
        Assert.Contains(words, call.Error);
        Assert.Empty(call.Output);
    }

    private static double Value(string a, string b)
    {
        var call = Tool.Call("similarity", "compare", a, b, "--json", "--quiet");
        Assert.True(call.ExitCode == 0, call.Error);
        return JsonDocument.Parse(call.Output).RootElement.GetProperty("value").GetDouble();
    }

    private string Save(string name, Tensor values)
    {
        string path = Path.Combine(folder.FullName, $"{name}.npy");
        Npy.Write(path, values);
        return path;
    }
}
