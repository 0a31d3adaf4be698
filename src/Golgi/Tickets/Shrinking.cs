using Golgi.Models;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Golgi.Tickets;

/// <summary>Removes what a mask has left dead: units and channels that nothing reads, or that nothing feeds. The network computes the same.</summary>
/// <remarks>A unit with no incoming weights is a constant, the activation of its bias; it goes into the next layer's biases, unless the
/// next layer is a padded convolution, at whose border the constant would be missing. Repeated until nothing more dies.</remarks>
public static class Shrinking
{
    /// <summary>Makes the smaller network.</summary>
    /// <param name="network">Layers in a row, a <see cref="LayerSequence"/> or a torch <c>Sequential</c>: linear and convolutional layers
    /// (one group), rectifiers and other activations, pooling, flattening. Borrowed, not changed.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="ArgumentException">The network is not such a row.</exception>
    public static Shrunk Shrink(nn.Module<Tensor, Tensor> network)
    {
        ArgumentNullException.ThrowIfNull(network);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (head, stages) = Stages(network);
        long before = network.parameters().Sum(parameter => parameter.numel());
        long living = network.parameters().Sum(parameter => parameter.ne(0).sum().item<long>());
        while (Enumerable.Range(0, stages.Count - 1).Any(i => Trim(stages[i], stages[i + 1])))
        {
        }

        var layers = stages.SelectMany(stage => stage.Tail.Prepend((stage.Name, stage.Build()))).ToArray();
        var smaller = new LayerSequence(network.GetName() + "-shrunk", [.. head, .. layers]);
        foreach (var parameter in smaller.parameters()) parameter.DetachFromDisposeScope();
        return new Shrunk(
            smaller, [.. stages.Select(stage => new ShrunkLayer(stage.Name, stage.Outputs, stage.Weight.shape[0]))],
            before, smaller.parameters().Sum(parameter => parameter.numel()), living);
    }

    /// <summary>Removes the dead outputs of a layer; at least one stays.</summary>
    /// <returns>True if there were any.</returns>
    private static bool Trim(ShrinkStage stage, ShrinkStage next)
    {
        var constants = stage.Silent.to(stage.Weight.dtype) * stage.Constants;
        var dead = stage.Silent.logical_and(next.TakesConstants ? ones_like(stage.Silent) : constants.eq(0)).logical_or(next.Unread);
        var alive = dead.logical_not().nonzero().squeeze(1);
        if (alive.shape[0] == dead.shape[0]) return false;
        if (alive.shape[0] == 0)
        {
            if (dead.shape[0] == 1) return false;
            alive = zeros(1, ScalarType.Int64, dead.device);
            dead = dead.clone();
            dead[0] = tensor(false);
        }

        next.KeepInputs(alive, constants.masked_fill(dead.logical_not(), 0).masked_fill(next.Unread, 0));
        stage.KeepOutputs(alive);
        return true;
    }

    private static (List<(string Name, nn.Module<Tensor, Tensor> Layer)> Head, List<ShrinkStage> Stages) Stages(nn.Module<Tensor, Tensor> network)
    {
        if (network is not (LayerSequence or Sequential))
        {
            throw new ArgumentException(
                $"{network.GetName()} is not a row of layers, so that it is unknown who reads whom; use a LayerSequence or a Sequential.", nameof(network));
        }

        var head = new List<(string, nn.Module<Tensor, Tensor>)>();
        var stages = new List<ShrinkStage>();
        foreach (var (name, child) in network.named_children())
        {
            switch (child)
            {
                case Linear linear:
                    stages.Add(new ShrinkStage(name, linear, Inputs(linear.in_features, stages)));
                    break;
                case Conv2d { groups: 1 } conv:
                    stages.Add(new ShrinkStage(name, conv, conv.in_channels));
                    break;
                case ReLU or Tanh or Sigmoid or LeakyReLU or ELU or GELU or MaxPool2d or AvgPool2d or Flatten or Dropout or Identity:
                    (stages.Count > 0 ? stages[^1].Tail : head).Add((name, (nn.Module<Tensor, Tensor>)child));
                    break;
                default:
                    throw new ArgumentException(
                        $"Layer {name} is a {child.GetName()}; shrinking knows linear and convolutional layers of one group, activations, pooling and flattening.",
                        nameof(network));
            }
        }

        return stages.Count > 0 ? (head, stages) : throw new ArgumentException("The network has no layer with weights.", nameof(network));
    }

    /// <summary>A linear layer after a flattened convolution reads each channel at several places.</summary>
    private static long Inputs(long features, List<ShrinkStage> stages)
    {
        if (stages.Count == 0) return features;
        long units = stages[^1].Outputs;
        return features % units == 0
            ? units
            : throw new ArgumentException($"A layer reads {features} values of {units} units before it; it must be a multiple.");
    }
}
