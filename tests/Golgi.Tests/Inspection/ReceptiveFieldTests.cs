using Golgi.Inspection;
using Golgi.Networks.Catalog;
using Golgi.Networks.Taps;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Inspection;

public sealed class ReceptiveFieldTests
{
    // By hand, from kernel sizes and strides: size += (kernel - 1) · step; step *= stride; start -= padding · step.
    [Theory]
    [InlineData("lenet5", "conv1", 3, 3, 5)]      // 5, from row 3
    [InlineData("lenet5", "pool1", 3, 6, 6)]      // 5 + 1, step 2
    [InlineData("lenet5", "conv2", 3, 6, 14)]     // 6 + 4·2
    [InlineData("lenet5", "pool2", 2, 8, 16)]     // 14 + 2, step 4
    [InlineData("cnn-small", "conv1", 10, 8, 5)]  // padded by 2
    public void Chains_of_convolutions_and_maxima_see_what_arithmetic_says(string model, string layer, int row, int first, int size)
    {
        using var network = ModelCatalog.Build(model, [1, 28, 28], 10, null, 1);
        var region = ReceptiveField.Of(network, [1, 28, 28], layer)[row, row];
        Assert.Equal(new Region(first, first, size, size), region);
    }

    [Fact]
    public void A_matrix_sees_everything()
    {
        using var network = ModelCatalog.Build("lenet-300-100", [1, 28, 28], 10, null, 1);
        Assert.Equal(new Region(0, 0, 28, 28), ReceptiveField.Of(network, [1, 28, 28], "fc1")[0, 0]);
    }

    [Theory]
    [InlineData("layer1.2", 5, 9)]
    [InlineData("layer2.0.relu2", 3, 3)]
    public void A_residual_network_sees_where_gradients_come_from(string layer, int row, int column)
    {
        using var scope = NewDisposeScope();
        var network = ModelCatalog.Build("resnet20", [3, 24, 24], 10, null, 1);
        foreach (var relu in network.named_modules().Where(entry => entry.module is TorchSharp.Modules.BatchNorm2d))
        {
            using var _ = no_grad(); // far above zero, so that no rectifier hides a path
            ((TorchSharp.Modules.BatchNorm2d)relu.module).bias!.fill_(50);
        }

        network.eval();
        var picture = rand([1, 3, 24, 24], requires_grad: true);
        using var tap = ActivationTap.Differentiable(network, [layer]);
        tap.Run(picture);
        var gradient = autograd.grad([tap[layer][0, .., row, column].sum()], [picture])[0][0];
        var seen = gradient.abs().sum([0L]).gt(0);
        long[] rows = [.. seen.any(1).nonzero().flatten().data<long>()], columns = [.. seen.any(0).nonzero().flatten().data<long>()];
        Assert.Equal(
            new Region((int)rows[0], (int)columns[0], rows.Length, columns.Length),
            ReceptiveField.Of(network, [3, 24, 24], layer)[row, column]);
    }

    [Fact]
    public void Large_pictures_are_stained_in_bands_that_hold_the_true_field()
    {
        using var network = nn.Sequential(("conv1", nn.Conv2d(1, 2, 7, stride: 2)));
        var field = ReceptiveField.Of(network, [1, 150, 100], "conv1"); // bands of 3 rows and of 2 columns
        Assert.Equal((72, 47), (field.Rows, field.Columns));
        Assert.Equal(new Region(39, 20, 9, 8), field[20, 10]);          // truly rows 40 to 46, columns 20 to 26
    }

    [Fact]
    public void Inputs_that_are_not_pictures_are_told()
    {
        using var network = ModelCatalog.Build("softmax", [14], 10, null, 1);
        Assert.Throws<ArgumentException>(() => ReceptiveField.Of(network, [14], "fc1"));
    }

    // cnn-small's third convolution, range of rows by range of rows backwards to the picture.
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(6)]
    public void Deep_places_see_what_going_back_layer_by_layer_says(int row)
    {
        var (low, high) = (row - 1, row + 1);                                // conv3, padded by 1
        (low, high) = (Math.Max(low, 0) * 2, (Math.Min(high, 6) * 2) + 1);   // pool2 of 14 rows
        (low, high) = (Math.Max(low - 1, 0), Math.Min(high + 1, 13));        // conv2, padded by 1
        (low, high) = (low * 2, (high * 2) + 1);                             // pool1 of 28 rows
        (low, high) = (Math.Max(low - 2, 0), Math.Min(high + 2, 27));        // conv1, padded by 2
        using var network = ModelCatalog.Build("cnn-small", [1, 28, 28], 10, null, 1);
        var region = ReceptiveField.Of(network, [1, 28, 28], "conv3")[row, row];
        Assert.Equal(new Region(low, low, high - low + 1, high - low + 1), region);
    }
}
