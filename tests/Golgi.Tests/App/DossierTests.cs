using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Golgi.App.Report;
using Golgi.App.Report.Basics;
using Golgi.App.Report.Instruments;
using Golgi.App.Report.Tickets;
using Golgi.Data;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Inspection.Ablation;
using Golgi.Inspection.Statistics;
using Golgi.Jobs;
using Golgi.Networks;
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
        Assert.Equal(Path.Combine(made.Result.GetProperty("run").GetString()!, "artifacts", "dossier.html"), made.File);
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
        var section = new SimilaritySection();
        var subject = new Subject(specimen, 0, CPU) { RunFolder = made.Run };
        var page = new SectionWriter();

        section.Write(section.Measure(subject, new Progress<WorkProgress>(), TestContext.Current.CancellationToken)!, subject, page);

        Assert.Contains("over training", page.ToString());
        Assert.All(before.Zip(weights), pair => Assert.True(pair.First.equal(pair.Second.Value).all().item<bool>()));
    }

    [Fact]
    public void Its_numbers_are_those_that_the_library_measures()
    {
        using var specimen = SpecimenSource.Open(made.Run);

        Same("The network", LayerTable.Of(specimen.Network, specimen.InputShape));
        Same("Accuracy and mistakes", Confusion.Measure(specimen, specimen.Data!.Test, 24));
        Same("Which units it leans on", UnitAblation.Measure(specimen, specimen.Data.Validation, "relu1", 24, new PassOptions { Limit = 500 }));
        var activations = ActivationStatistics.Measure(specimen, specimen.Data.Train, ["relu1", "relu2", "relu3", "relu4"]);
        Same("Activations, layer by layer", new LayerActivations(240, activations));
    }

    [Fact]
    public void What_it_measured_is_the_same_when_it_was_written_and_read()
    {
        Assert.All(Sections.All, section =>
        {
            var record = section.GetType().BaseType!.GenericTypeArguments.Single();
            var written = Measured(section.Title)!;
            object read = written.Deserialize(record, RunJson.Format)!;

            Assert.True(JsonNode.DeepEquals(written, JsonSerializer.SerializeToNode(read, record, RunJson.Format)), section.Title);
        });
    }

    [Fact]
    public void The_same_dossier_is_read_and_not_made_again_however_the_network_is_named()
    {
        string[][] calls = [.. new[] { Path.GetFileName(made.Run), Path.GetFileName(made.Run) + "#final", made.Run, made.Run + "/" }.Select(name =>
            Tool.Call("dossier", name, "--runs", made.Scratch.Folder, "--threads", "1", "--quiet").Output.TrimEnd().Split('\n'))];

        Assert.All(calls, lines => Assert.Equal(calls[0], lines));
        Assert.StartsWith("known from", calls[0][^1]);
        Assert.Equal(made.Result.GetProperty("findings").GetArrayLength() + 3, calls[0].Length);
    }

    [Fact]
    public void A_copy_of_the_file_goes_where_it_is_wanted()
    {
        string wanted = Path.Combine(made.Scratch.Folder, "for", "colleague.html");
        var run = Tool.Call("dossier", made.Run, "--runs", made.Scratch.Folder, "--file", wanted, "--json", "--quiet");

        Assert.Equal(wanted, JsonDocument.Parse(run.Output).RootElement.GetProperty("file").GetString());
        Assert.Equal(made.Html, File.ReadAllText(wanted));
    }

    [Fact]
    public void One_that_was_stopped_goes_on_at_the_section_where_it_was()
    {
        using var scratch = new Scratch();
        using var specimen = SpecimenSource.Open(made.Run);
        var subject = new Subject(specimen, 0, CPU) { RunFolder = made.Run };
        Watched[] sections = [new(new NetworkSection()), new(new PreferredSection()), new(new UnitsSection()), new(new WeightsSection())];
        using var job = new DossierJob(subject, sections);
        var workspace = new Workspace(Path.Combine(scratch.Folder, "stopped"));

        sections[2].Breaks = true;
        Assert.Throws<IOException>(() => workspace.Run(job));
        sections[2].Breaks = false;
        var resumed = workspace.Run(job);

        Assert.Equal([1, 1, 2, 1], sections.Select(section => section.Measurements));
        var whole = new Workspace(Path.Combine(scratch.Folder, "whole")).Run(job);
        Assert.Equal(Page(whole), Page(resumed));
        Assert.Equal(whole.Result.Findings, resumed.Result.Findings);

        string Page(Completed<DossierResult> done) =>
            Regex.Replace(File.ReadAllText(Path.Combine(done.Artifacts, done.Result.File)), "Time: [^<]*", "");
    }

    [Fact]
    public void Another_seed_and_another_choice_of_sections_are_other_dossiers()
    {
        using var specimen = SpecimenSource.Open(made.Run);
        var subject = new Subject(specimen, 0, CPU);
        DossierJob[] jobs =
        [
            new(subject, Sections.All), new(subject with { Seed = 1 }, Sections.All), new(subject, [new NetworkSection()]),
            new(subject with { RunFolder = made.Run }, Sections.All),
        ];

        Assert.Equal(jobs.Length, jobs.Select(job => job.Configuration.Name).Distinct().Count());
    }

    [Fact]
    public void A_network_whose_outputs_are_no_classes_is_refused_and_leaves_nothing()
    {
        using var scratch = new Scratch();
        var data = DataCatalog.Open("strokes:20");
        using var specimen = new Specimen("values", nn.Linear(1, 1), [1], Preprocessing.UnitRange, [], data) { Outputs = OutputKind.Values };
        using var job = new DossierJob(new Subject(specimen, 0, CPU), Sections.All);

        var error = Assert.Throws<ArgumentException>(() => new Workspace(scratch.Folder).Run(job));

        Assert.Contains("A dossier needs", error.Message);
        Assert.Empty(Directory.EnumerateFileSystemEntries(scratch.Folder));
    }

    [Fact]
    public void A_network_that_is_not_there_is_bad_input()
    {
        var run = Tool.Call("dossier", "no-such-run", "--out", made.Scratch.Folder);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("no-such-run", run.Error);
    }

    private void Same<T>(string title, T direct) =>
        Assert.True(JsonNode.DeepEquals(JsonSerializer.SerializeToNode(direct, RunJson.Format), Measured(title)), title);

    private JsonNode? Measured(string title) => JsonNode.Parse(made.Result.GetProperty("sections").EnumerateArray()
        .Single(section => section.GetProperty("title").GetString() == title).GetProperty("measured").GetRawText());

    /// <summary>A section that counts how often it measures, and may break.</summary>
    private sealed class Watched(DossierSection section) : DossierSection
    {
        public int Measurements { get; private set; }

        public bool Breaks { get; set; }

        public override string Title => section.Title;

        public override MeasuredSection Examine(Subject subject, IProgress<WorkProgress> progress, CancellationToken cancellation)
        {
            Measurements++;
            return Breaks ? throw new IOException("The lights went out.") : section.Examine(subject, progress, cancellation);
        }

        public override IReadOnlyList<Finding> WriteDown(MeasuredSection examined, Subject subject, SectionWriter page) =>
            section.WriteDown(examined, subject, page);
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
