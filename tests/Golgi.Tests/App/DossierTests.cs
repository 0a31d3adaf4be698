using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Golgi.App.Report;
using Golgi.App.Report.Instruments;
using Golgi.Foundation;
using Golgi.Opening;
using Golgi.Runs;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.App;

public sealed class DossierTests(DossierTests.Made made) : IClassFixture<DossierTests.Made>
{
    [Fact]
    public void It_tells_where_the_file_is_and_its_most_telling_lines()
    {
        Assert.True(File.Exists(made.File));
        Assert.Equal(Path.Combine(made.Run, "artifacts", "dossier.html"), made.File);
        Assert.InRange(made.Result.GetProperty("findings").GetArrayLength(), 3, 5);
        Assert.Contains("test examples", made.Result.GetProperty("findings")[0].GetString());
    }

    [Fact]
    public void It_has_all_sections_and_a_link_to_each()
    {
        string[] titles =
        [
            "The network", "Learning curves", "Accuracy and mistakes", "First-layer filters", "Activations, layer by layer",
            "What units respond to", "What each layer makes explicit", "Which layers know the same", "What the network wants to see",
            "Which units it leans on",
        ];
        foreach (string title in titles)
        {
            Assert.Contains($"<h2>{title}</h2>", made.Html);
            string anchor = Regex.Replace(title.ToLowerInvariant(), "[^a-z0-9]+", "-");
            Assert.Contains($"href=\"#{anchor}\"", made.Html);
            Assert.Contains($"<section id=\"{anchor}\"", made.Html);
        }
    }

    [Fact]
    public void It_asks_nothing_of_any_server_and_stays_small()
    {
        Assert.DoesNotMatch("""(src|href|action)\s*=\s*["'](?!#|data:)""", made.Html);
        Assert.DoesNotMatch(@"url\((?!data:)|@import|<script|<link|<iframe", made.Html);
        Assert.InRange(made.Html.Length, 50_000, 15_000_000);
    }

    [Fact]
    public void Its_markup_is_well_formed()
    {
        string body = made.Html[made.Html.IndexOf("<body>", StringComparison.Ordinal)..]
            .Replace("</html>", "", StringComparison.Ordinal)
            .Replace("&nbsp;", "&#160;", StringComparison.Ordinal);
        var document = XDocument.Parse(body);

        string[] anchors = [.. document.Descendants().Attributes("id").Select(id => id.Value)];
        Assert.Equal(anchors.Distinct(), anchors);
        Assert.All(document.Descendants("svg"), svg => Assert.False(string.IsNullOrEmpty(svg.Attribute("aria-label")?.Value)));
    }

    [Fact]
    public void No_number_is_missing_from_its_drawings()
    {
        string withoutPictures = Regex.Replace(made.Html, "base64,[^\"]*", "");

        Assert.DoesNotContain("NaN", withoutPictures);
        Assert.DoesNotContain("∞", withoutPictures);
    }

    [Fact]
    public void The_network_keeps_its_weights_while_its_past_is_looked_at()
    {
        using var scope = NewDisposeScope();
        using var specimen = SpecimenSource.Open(made.Run);
        var weights = Checkpoint.StateOf(specimen.Network);
        Tensor[] before = [.. weights.Select(entry => entry.Value.clone())];
        var page = new SectionWriter();

        new SimilaritySection().Write(
            new Subject(specimen, 0, CPU) { RunFolder = made.Run }, page, new Progress<WorkProgress>(), TestContext.Current.CancellationToken);

        Assert.Contains("over training", page.ToString());
        Assert.All(before.Zip(weights), pair => Assert.True(pair.First.equal(pair.Second.Value).all().item<bool>()));
    }

    [Fact]
    public void A_network_that_is_not_there_is_bad_input()
    {
        var run = Tool.Call("dossier", "no-such-run", "--out", made.Scratch.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no-such-run", run.Error);
    }

    /// <summary>A dossier of a network that was hardly trained.</summary>
    public sealed class Made : IDisposable
    {
        public Made()
        {
            var trained = Tool.Call(
                "train", "--data", "strokes:240", "--model", "cnn-small", "--steps", "6", "--evaluations", "3", "--snapshots", "3", "--threads", "1",
                "--out", Scratch.Folder, "--json", "--quiet");
            Assert.True(trained.ExitCode == 0, trained.Error);
            Run = JsonDocument.Parse(trained.Output).RootElement.GetProperty("run").GetString()!;
            var written = Tool.Call("dossier", Path.GetFileName(Run), "--out", Scratch.Folder, "--threads", "1", "--json", "--quiet");
            Assert.True(written.ExitCode == 0, written.Error);
            Result = JsonDocument.Parse(written.Output).RootElement;
            File = Result.GetProperty("file").GetString()!;
            Html = System.IO.File.ReadAllText(File);
        }

        internal Scratch Scratch { get; } = new();

        public string Run { get; }

        public JsonElement Result { get; }

        public string File { get; }

        public string Html { get; }

        public void Dispose() => Scratch.Dispose();
    }
}
