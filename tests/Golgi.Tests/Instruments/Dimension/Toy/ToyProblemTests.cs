using Golgi.Instruments.Dimension.Toy;
using Xunit;

namespace Golgi.Tests.Instruments.Dimension.Toy;

public sealed class ToyProblemTests
{
    [Theory]
    [InlineData("dense")]
    [InlineData("fastfood")]
    public void Ten_conditions_need_ten_dimensions(string projection)
    {
        var report = ToyProblem.Measure(highest: 12, replicates: 5, projection);
        Assert.Equal(10, report.Dimension);
        Assert.All(report.Curve, point =>
        {
            if (point.D < 8) Assert.InRange(point.Performance.High, 0, 1e-6);
            if (point.D >= 10) Assert.InRange(point.Performance.Low, 0.99, 1);
        });
    }
}
