using Golgi.Ascent.Priors;
using Golgi.Ascent.Transforms;
using Golgi.Instruments.Synthesis.Presets;
using Xunit;

namespace Golgi.Tests.Instruments.Synthesis.Presets;

/// <summary>Each prior can be added to a preset, changed in it and taken out of it, and nothing else changes.</summary>
public sealed class PriorOptionsTests
{
    private const string Clamp = "clamp 0..255";

    private static readonly Dictionary<string, PriorOptions> Changes = new()
    {
        ["nothing"] = new(),
        ["decay 0"] = Changed("decay", 0),
        ["decay 0.2"] = Changed("decay", 0.2),
        ["blur 0"] = Changed("blur", 0),
        ["blur 2"] = Changed("blur", 2, ("blur-every", 3)),
        ["norm 0"] = Changed("clip-norm", 0),
        ["norm 30"] = Changed("clip-norm", 30),
        ["contribution 0"] = Changed("clip-contribution", 0),
        ["contribution 10"] = Changed("clip-contribution", 10),
        ["denoise 0"] = Changed("tv-denoise", 0, ("tv-method", (double)TvMethod.Dual)),
        ["bilateral"] = Changed("bilateral", 2),
        ["l2"] = Changed("l2", 3),
        ["alpha"] = Changed("alpha-norm", 3, ("alpha", 4)),
        ["alpha 0"] = Changed("alpha-norm", 0),
        ["both norms"] = new() { Priors = [PriorCatalog.Make("alpha-norm", 3, ("alpha", 4)), PriorCatalog.Make("l2", 3)] },
        ["variation 0"] = Changed("tv", 0),
        ["blur energy"] = Changed("blur-energy", 5),
    };

    [Theory]
    [InlineData("yosinski2015-1", "nothing", "blur 0.5 every 4; clip Norm below 50 %")]
    [InlineData("yosinski2015-1", "norm 0", "blur 0.5 every 4")]
    [InlineData("yosinski2015-1", "norm 30", "blur 0.5 every 4; clip Norm below 30 %")]
    [InlineData("yosinski2015-1", "contribution 0", "blur 0.5 every 4; clip Norm below 50 %")]
    [InlineData("yosinski2015-1", "contribution 10", "blur 0.5 every 4; clip Norm below 50 %; clip Contribution below 10 %")]
    [InlineData("yosinski2015-4", "contribution 0", "blur 0.5 every 4")]
    [InlineData("yosinski2015-4", "norm 30", "blur 0.5 every 4; clip Norm below 30 %; clip Contribution below 90 %")]
    [InlineData("yosinski2015-2", "decay 0", "clip Norm below 20 %")]
    [InlineData("yosinski2015-3", "decay 0.2", "decay 0.2; blur 1 every 4")]
    [InlineData("yosinski2015-3", "blur 2", "decay 0.0001; blur 2 every 3")]
    [InlineData("yosinski2015-3", "blur 0", "decay 0.0001")]
    [InlineData("yosinski2015-3", "bilateral", "decay 0.0001; blur 1 every 4; bilateral 2 30")]
    public void Operators_change_one_by_one_in_the_order_of_the_work(string preset, string change, string expected)
    {
        var phase = Assert.Single(Changes[change].ApplyTo(PresetCatalog.Find(preset, 227)).Phases);
        Assert.Equal($"{expected}; {Clamp}", string.Join("; ", phase.Phase.Operators));
    }

    public static TheoryData<string> EveryPreset => [.. PresetCatalog.Names];

    [Theory]
    [MemberData(nameof(EveryPreset))]
    public void A_preset_to_which_nothing_is_changed_keeps_its_order(string name)
    {
        var preset = PresetCatalog.Find(name, 227);
        Assert.Equal(Shown(preset), Shown(new PriorOptions().ApplyTo(preset)));
        Assert.Equal(Shown(preset), Shown(new PriorOptions { Transform = TransformChain.None }.ApplyTo(preset)));
        Assert.Equal(preset.Energies, new PriorOptions().ApplyTo(preset).Energies);

        static IEnumerable<string> Shown(Preset preset) => preset.Phases.Select(phase => string.Join("; ", phase.Phase.Operators));
    }

    [Fact]
    public void Denoising_can_be_taken_out_of_every_phase()
    {
        var phases = Changes["denoise 0"].ApplyTo(PresetCatalog.Find("nguyen2016-mfv", 227)).Phases;
        Assert.All(phases, phase => Assert.DoesNotContain(phase.Phase.Operators, change => change is TvDenoise));
    }

    [Fact]
    public void The_preset_s_own_denoising_can_be_solved_in_another_way()
    {
        var before = PresetCatalog.Find("nguyen2016-mfv", 227).Phases;
        var after = new PriorOptions { DenoiseMethod = TvMethod.Dual }.ApplyTo(PresetCatalog.Find("nguyen2016-mfv", 227)).Phases;
        Assert.Equal(
            before.Select(phase => string.Join("; ", phase.Phase.Operators.Select(item => item is TvDenoise ? $"{item} dual" : $"{item}"))),
            after.Select(phase => string.Join("; ", phase.Phase.Operators)));
        Assert.Contains(after, phase => phase.Phase.Operators.Any(item => $"{item}".EndsWith("dual", StringComparison.Ordinal)));
        var error = Assert.Throws<ArgumentException>(
            () => new PriorOptions { DenoiseMethod = TvMethod.Dual }.ApplyTo(PresetCatalog.Find("olah2017", 227)));
        Assert.Contains("no total variation", error.Message);
    }

    [Theory]
    [InlineData("nothing", "|x|^6; TV")]
    [InlineData("l2", "|x|^6; TV; |x|^2")]
    [InlineData("alpha", "TV; |x|^4")]
    [InlineData("alpha 0", "TV")]
    [InlineData("both norms", "TV; |x|^2; |x|^4")]
    [InlineData("variation 0", "|x|^6")]
    [InlineData("blur energy", "|x|^6; TV; blur")]
    public void Energies_change_one_by_one(string change, string expected)
    {
        var energies = Changes[change].ApplyTo(PresetCatalog.Find("mahendran2015", 227)).Energies;
        string[] names = expected.Split("; ");
        Assert.Equal(names.Length, energies.Count);
        Assert.All(names.Zip(energies), pair => Assert.StartsWith(pair.First, $"{pair.Second}", StringComparison.OrdinalIgnoreCase));
    }

    private static PriorOptions Changed(string name, double amount, params (string Name, double Value)[] parameters) =>
        new() { Priors = [PriorCatalog.Make(name, amount, parameters)] };
}
