using Golgi.Instruments.Dimension.Files;
using Golgi.Instruments.Dimension.Measuring;
using Golgi.Networks;
using Golgi.Networks.Catalog;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Instruments.Dimension.Measuring;

[Collection(TorchState.Name)]
public sealed class DimensionGlanceTests
{
    [Fact]
    public void A_glance_finds_a_dimension_and_leaves_the_network_as_it_was()
    {
        var data = TinyTask.Open();
        var network = ModelCatalog.Build("fc-64-30-20-10", data.InputShape, 10, null, 1);
        using var specimen = new Specimen("tiny", network, data.InputShape, data.Preprocessing, data.ClassNames, data);
        ulong before = KilobyteNetwork.Fingerprint(network);
        // The untrained network is at chance, so any learning exceeds nine tenths of it.
        var report = DimensionEstimate.Execute(specimen, new EstimateOptions { Dimensions = [2, 50], Steps = 60, Seconds = 5 });
        Assert.Equal(before, KilobyteNetwork.Fingerprint(network));
        Assert.True(report.Curve[1].Accuracy > report.Curve[0].Accuracy);
        Assert.True(report.Curve[1].Accuracy > 0.3);
    }
}
