using System.Text.Json;
using Golgi.Instruments.Similarity.Measures;
using Golgi.Instruments.Similarity.Spectral;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Tensors;
using Golgi.Tests.Instruments.Similarity;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.App;

/// <summary>golgi similarity compare on files, as a user or another program calls it.</summary>
public sealed class SimilarityCommandTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("golgi-similarity");

    [Fact]
    public void Json_has_exactly_the_promised_keys()
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(1);
        var call = Tool.Call("similarity", "compare", Save("a", x), Save("b", y), "--method", "cca", "--runs", folder.FullName, "--json", "--quiet");
        Assert.Equal(0, call.ExitCode);
        var json = JsonDocument.Parse(call.Output).RootElement;
        Assert.Equal(
            [
                "schema", "method", "value", "null", "interval", "coefficients", "rank", "kept", "samples", "cross_validated", "warnings",
                "distances", "excess", "run",
            ],
            Keys(json));
        Assert.Equal(["analytic", "permutation", "deviation", "p_value", "pairings"], Keys(json.GetProperty("null")));
        Assert.Equal(["low", "high"], Keys(json.GetProperty("interval")));
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

    [Theory]
    [InlineData("cca")]
    [InlineData("svcca")]
    [InlineData("pwcca")]
    [InlineData("cka")]
    [InlineData("cka-debiased")]
    [InlineData("cka-minibatch")]
    [InlineData("cka-rbf")]
    [InlineData("procrustes")]
    [InlineData("rsa")]
    public void No_bad_input_ends_in_a_number_that_is_none(string method)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(4, samples: 30);
        var (a, b) = (Save("a", x), Save("b", y));
        var broken = y.clone();
        broken[5, 1] = double.NaN;
        Expect(2, "row 5, column 1", a, Save("nan", broken), "--method", method);
        Expect(2, "30", a, Save("short", y.narrow(0, 0, 20)), "--method", method);
        string[][] odd =
        [
            [a, Save("flat", full_like(y, 0.3))], [Save("wide", Matrices.Normal(1, 12, 40)), Save("other", Matrices.Normal(2, 12, 50))],
            [a, Save("one", y.narrow(1, 0, 1))], [a, Save("zeros", zeros_like(y))], [a, a],
        ];
        foreach (string[] pair in odd)
        {
            var call = Tool.Call(["similarity", "compare", .. pair, "--method", method, "--runs", folder.FullName, "--json", "--quiet"]);
            Assert.True(call.ExitCode is 0 or 2 or 3, $"{string.Join(' ', pair)}: exit code {call.ExitCode}, {call.Error}");
            Assert.Equal(call.ExitCode == 0, call.Output.Length > 0);
            Assert.DoesNotContain("NaN", call.Output);
            Assert.DoesNotContain("Infinity", call.Output);
        }
    }

    [Fact]
    public void Maps_are_compared_as_spatial_says()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, 80, 3, 4, 4), Matrices.Normal(2, 80, 2, 4, 4));
        y.add_(x.narrow(1, 0, 2));
        var (a, b) = (Save("maps", x), Save("others", y));
        Assert.Equal(DftCca.Of(x, y).Mean, Value(a, b, "--method", "cca", "--spatial", "dft"), 1e-10);
        Assert.Equal(DftCca.Of(x, y).Zero, Value(a, b, "--method", "cca", "--spatial", "dft", "--frequencies", "1"), 1e-10);
        Assert.Equal(DftCca.Of(x, y).Zero, Value(a, b, "--method", "cca", "--spatial", "pool"), 1e-9);
        using var pixels = Overlap.Of(x.permute(0, 2, 3, 1).reshape(-1, 3), y.permute(0, 2, 3, 1).reshape(-1, 2));
        Assert.Equal(new Cca().Of(pixels).Value, Value(a, b, "--method", "cca", "--spatial", "pixels"), 1e-10);
        using var flat = Overlap.Of(x.flatten(1), y.flatten(1));
        Assert.Equal(new LinearCka().Of(flat).Value, Value(a, b, "--method", "cka", "--spatial", "flatten"), 1e-10);
        Expect(2, "cca or svcca", a, b, "--method", "cka", "--spatial", "dft");
    }

    [Fact]
    public void Tokens_of_sequences_are_samples_or_averaged()
    {
        using var scope = NewDisposeScope();
        var (x, y) = (Matrices.Normal(1, 40, 5, 3), Matrices.Normal(2, 40, 5, 4));
        y.narrow(2, 0, 3).add_(x);
        using var tokens = Overlap.Of(x.view(-1, 3), y.view(-1, 4));
        Assert.Equal(new Cca().Of(tokens).Value, Value(Save("x", x), Save("y", y), "--method", "cca", "--spatial", "pixels"), 1e-10);
        using var means = Overlap.Of(x.mean([1L]), y.mean([1L]));
        Assert.Equal(new Cca().Of(means).Value, Value(Save("x", x), Save("y", y), "--method", "cca", "--spatial", "pool"), 1e-10);
    }

    [Theory]
    [InlineData("svg", "<svg")]
    [InlineData("html", "<!DOCTYPE html>")]
    [InlineData("png", "\u0089PNG")]
    public void The_result_is_also_a_figure_and_a_table(string ending, string start)
    {
        using var scope = NewDisposeScope();
        var (x, y) = Matrices.Related(5);
        string figure = Path.Combine(folder.FullName, $"f.{ending}"), table = Path.Combine(folder.FullName, "t.csv");
        var call = Tool.Call(
            "similarity", "compare", Save("a", x), Save("b", y), "--method", "cca", "--figure", figure, "--csv", table, "--runs", folder.FullName,
            "--json", "--quiet");
        Assert.True(call.ExitCode == 0, call.Error);
        Assert.StartsWith(start, System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(figure)));
        string[] lines = File.ReadAllLines(table);
        Assert.Equal(1 + 6, lines.Length); // one row per coefficient
        double value = JsonDocument.Parse(call.Output).RootElement.GetProperty("value").GetDouble();
        Assert.Equal(value, double.Parse(lines[1].Split(',')[1]));
        if (ending != "png") return;
        using var picture = Golgi.Imaging.Picture.Load(figure);
        Assert.True(picture.to(ScalarType.Float32).flatten(1).std(1).min().item<float>() > 5, "The picture is empty.");
        Expect(2, ".svg, .png or .html", Save("a", x), Save("b", y), "--figure", "f.bmp");
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static IEnumerable<string> Keys(JsonElement item) => item.EnumerateObject().Select(entry => entry.Name);

    private void Expect(int code, string words, params string[] arguments)
    {
        var call = Tool.Call(["similarity", "compare", .. arguments, "--runs", folder.FullName, "--json", "--quiet"]);
        Assert.Equal(code, call.ExitCode);
        Assert.Contains(words, call.Error);
        Assert.Empty(call.Output);
    }

    private double Value(string a, string b, params string[] options)
    {
        var call = Tool.Call(["similarity", "compare", a, b, .. options, "--runs", folder.FullName, "--json", "--quiet"]);
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
