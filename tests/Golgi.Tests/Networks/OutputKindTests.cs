using Golgi.Data;
using Golgi.Inspection;
using Golgi.Inspection.Ablation;
using Golgi.Inspection.Probes;
using Golgi.Networks;
using Golgi.Tests.Data;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Networks;

/// <summary>Networks whose outputs are numbers: what can be asked of them, and what is refused.</summary>
[Collection(TorchState.Name)]
public sealed class OutputKindTests
{
    [Fact]
    public void A_specimen_of_a_table_names_its_features_and_says_that_numbers_come_out()
    {
        using var scratch = new Scratch();
        using var specimen = Regressor(scratch);
        Assert.Equal(["size", "color=blue", "color=red"], specimen.FeatureNames);
        Assert.Equal(OutputKind.Values, specimen.Outputs);
        Assert.Equal(["price"], specimen.ClassNames);
    }

    [Fact]
    public void Confusions_probes_and_names_of_photographs_refuse_numbers_by_name()
    {
        using var scratch = new Scratch();
        using var specimen = Regressor(scratch);
        var data = specimen.Data!;
        foreach (var ask in (Action[])
            [
                () => Confusion.Measure(specimen, data.Test),
                () => LinearProbe.Measure(specimen, data.Train, data.Test, ["fc1"]),
                () => PhotoClasses.Of(specimen, ["photo.png"], 3),
            ])
        {
            var error = Assert.Throws<ArgumentException>(ask);
            Assert.Contains("classes", error.Message, StringComparison.Ordinal);
            Assert.Matches("numbers|Values", error.Message);
        }
    }

    [Fact]
    public void What_a_network_of_numbers_loses_without_a_unit_is_measured_in_its_own_metric()
    {
        using var scratch = new Scratch();
        using var specimen = Regressor(scratch);
        var found = UnitAblation.Measure(specimen, specimen.Data!.Test, "fc1");
        Assert.Equal("mse", found.Whole.PrimaryMetric.Name);
        Assert.Equal(4, found.Units.Count);
        Assert.All(found.Units, unit => Assert.Equal(unit.Without.Loss - found.Whole.Loss, unit.LossIncrease));
        Assert.Contains(found.Units, unit => unit.LossIncrease != 0);
    }

    private static Specimen Regressor(Scratch scratch)
    {
        File.WriteAllLines(
            scratch["houses.csv"], ["size,color,price", .. Enumerable.Range(0, 60).Select(i => $"{i},{(i % 2 == 0 ? "red" : "blue")},{i}.5")]);
        var data = DataCatalog.Open($"csv:{scratch["houses.csv"]}");
        return new Specimen(
            "house-prices", nn.Sequential(("fc1", nn.Linear(3, 4)), ("fc2", nn.Linear(4, 1))), data.InputShape, data.Preprocessing,
            data.ClassNames, data);
    }
}
