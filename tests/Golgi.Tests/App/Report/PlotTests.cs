using System.Xml.Linq;
using Golgi.App.Report.Plots;
using Xunit;

namespace Golgi.Tests.App.Report;

public sealed class PlotTests
{
    [Theory]
    [InlineData(0, 1, 5, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    [InlineData(-3, 7, 5, new[] { -2.0, 0, 2, 4, 6 })]
    [InlineData(100, 620, 5, new[] { 200.0, 400, 600 })]
    public void Linear_ticks_are_round_numbers_within_the_range(double min, double max, int most, double[] ticks)
    {
        var map = new AxisMap(new Axis { Min = min, Max = max }, [], 0, 100);
        Assert.Equal(ticks, map.Ticks(most).Select(tick => Math.Round(tick.Value, 10)));
    }

    [Fact]
    public void Logarithmic_ticks_are_powers_of_ten_or_a_few_between_them()
    {
        var wide = new AxisMap(new Axis { Scale = AxisScale.Log, Min = 1, Max = 1e4 }, [], 0, 100);
        var narrow = new AxisMap(new Axis { Scale = AxisScale.Log, Min = 0.03, Max = 0.6 }, [], 0, 100);

        Assert.Equal(["1", "10", "100", "1,000", "10,000"], wide.Ticks(6).Select(tick => tick.Text));
        Assert.Equal(["0.05", "0.1", "0.2", "0.5"], narrow.Ticks(6).Select(tick => tick.Text));
    }

    [Fact]
    public void Equal_factors_take_equal_room_on_a_logarithmic_axis()
    {
        var map = new AxisMap(new Axis { Scale = AxisScale.Log, Min = 1, Max = 100 }, [], 0, 100);

        Assert.Equal(0, map.Pixel(1), 9);
        Assert.Equal(50, map.Pixel(10), 9);
        Assert.Equal(100, map.Pixel(100), 9);
        Assert.False(map.Drawable(0));
    }

    [Fact]
    public void A_constant_series_still_has_an_axis()
    {
        var map = new AxisMap(new Axis(), [3, 3, 3], 0, 100);

        Assert.Equal(50, map.Pixel(3), 9);
        Assert.NotEmpty(map.Ticks(5));
    }

    [Fact]
    public void A_missing_value_breaks_the_line_and_is_not_drawn()
    {
        var plot = new LinePlot
        {
            Title = "gap",
            Series = [new Series("a", [1, 2, 3, 4, 5], [1, 2, double.NaN, 4, 5])],
        };
        string svg = plot.ToSvg();

        Assert.Equal(2, XDocument.Parse(svg).Descendants("path").Count());
        Assert.DoesNotContain("NaN", svg);
    }

    [Fact]
    public void A_band_is_closed_over_its_upper_and_lower_ends()
    {
        var plot = new LinePlot
        {
            Title = "band",
            X = new Axis { Min = 0, Max = 1 },
            Y = new Axis { Min = 0, Max = 1 },
            Series = [new Series("a", [0, 1], [0.5, 0.5]) { Low = [0.25, 0.25], High = [0.75, 0.75] }],
        };
        var band = XDocument.Parse(plot.ToSvg()).Descendants("path").Single(path => path.Attribute("class")!.Value.StartsWith("band"));

        Assert.Equal(4, band.Attribute("d")!.Value.Split('L').Length);
        Assert.EndsWith("Z", band.Attribute("d")!.Value);
    }

    [Fact]
    public void A_heatmap_has_a_cell_for_every_value_and_the_largest_is_full()
    {
        var map = new Heatmap { Title = "m", Values = [[1.0, 4], [2, 0]], Rows = ["a", "b"], Columns = ["c", "d"] };
        var shades = XDocument.Parse(map.ToSvg()).Descendants("rect").Where(cell => cell.Attribute("class")!.Value == "heat").ToArray();

        Assert.Equal(4, shades.Length);
        Assert.Null(shades[1].Attribute("fill-opacity")); // 4 of 4
        Assert.Equal("0.25", shades[0].Attribute("fill-opacity")!.Value);
    }

    [Fact]
    public void Text_from_outside_is_escaped()
    {
        var plot = new BarPlot { Title = "<b>", Bars = [new Bar("a<script>", 1) { Text = "\"&" }] };

        XDocument.Parse(plot.ToSvg());
        Assert.DoesNotContain("<script>", plot.ToSvg());
    }
}
