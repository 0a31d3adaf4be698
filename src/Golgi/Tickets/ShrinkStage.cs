using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Tickets;

/// <summary>A linear or convolutional layer on the way to a smaller one, and the layers without weights that follow it.</summary>
internal sealed class ShrinkStage
{
    private readonly nn.Module<Tensor, Tensor> layer;

    public ShrinkStage(string name, nn.Module<Tensor, Tensor> layer, long inputs)
    {
        Name = name;
        this.layer = layer;
        Tensor weight = layer is Linear linear ? linear.weight! : ((Conv2d)layer).weight!;
        Tensor? bias = layer is Linear other ? other.bias : ((Conv2d)layer).bias;
        Weight = weight.detach().reshape(weight.shape[0], inputs, -1).clone();
        Bias = bias?.detach().clone() ?? zeros(weight.shape[0], weight.dtype, weight.device);
        Outputs = weight.shape[0];
    }

    public string Name { get; }

    /// <summary>Outputs at first.</summary>
    public long Outputs { get; }

    /// <summary>[outputs, inputs, places of one input].</summary>
    public Tensor Weight { get; private set; }

    /// <summary>[outputs].</summary>
    public Tensor Bias { get; private set; }

    /// <summary>What follows until the next such layer.</summary>
    public List<(string Name, nn.Module<Tensor, Tensor> Layer)> Tail { get; } = [];

    /// <summary>True where a constant input gives the same everywhere: not at the border of a padded convolution.</summary>
    public bool TakesConstants => layer is Linear || (layer is Conv2d conv && (conv.padding ?? [0]).All(side => side == 0));

    /// <summary>Outputs whose incoming weights are all zero, bool [outputs].</summary>
    public Tensor Silent => Weight.flatten(1).eq(0).all(1);

    /// <summary>Inputs whose outgoing weights are all zero, bool [inputs].</summary>
    public Tensor Unread => Weight.eq(0).all(2).all(0);

    /// <summary>What silent outputs are after the layers without weights, [outputs].</summary>
    public Tensor Constants
    {
        get
        {
            var value = Bias;
            foreach (var (_, inert) in Tail)
            {
                if (inert is not (MaxPool2d or AvgPool2d or Flatten or Dropout or Identity)) value = inert.call(value);
            }

            return value;
        }
    }

    /// <summary>Keeps some outputs.</summary>
    public void KeepOutputs(Tensor positions)
    {
        Weight = Weight.index_select(0, positions);
        Bias = Bias.index_select(0, positions);
    }

    /// <summary>Keeps some inputs and takes what the others always were into the bias.</summary>
    /// <param name="constants">[inputs]; 0 for those that are not constant.</param>
    public void KeepInputs(Tensor positions, Tensor constants)
    {
        Bias = Bias + Weight.sum(2).mv(constants);
        Weight = Weight.index_select(1, positions);
    }

    /// <summary>The smaller layer.</summary>
    public nn.Module<Tensor, Tensor> Build()
    {
        long outputs = Weight.shape[0], inputs = Weight.shape[1];
        if (layer is Linear)
        {
            var smaller = nn.Linear(inputs * Weight.shape[2], outputs);
            smaller.weight!.copy_(Weight.flatten(1));
            smaller.bias!.copy_(Bias);
            return smaller;
        }

        var old = (Conv2d)layer;
        long[] stride = old.stride, padding = old.padding ?? [0, 0], dilation = old.dilation;
        var conv = nn.Conv2d(
            inputs, outputs, (old.kernel_size[0], old.kernel_size[1]), (stride[0], stride[1]), (padding[0], padding[1]), (dilation[0], dilation[1]));
        conv.weight!.copy_(Weight.reshape(outputs, inputs, old.kernel_size[0], old.kernel_size[1]));
        conv.bias!.copy_(Bias);
        return conv;
    }
}
