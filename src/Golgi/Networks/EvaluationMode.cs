using static TorchSharp.torch;

namespace Golgi.Networks;

/// <summary>A scope in which a network is in evaluation mode and no gradients are recorded; afterwards every layer has its own mode back.</summary>
public sealed class EvaluationMode : IDisposable
{
    private readonly (nn.Module Layer, bool Training)[] modes;
    private readonly IDisposable noGradients;

    /// <summary>Enters the scope.</summary>
    /// <param name="network">Borrowed.</param>
    public EvaluationMode(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        modes = [(network, network.training), .. network.named_modules().Select(entry => (entry.module, entry.module.training))];
        network.eval();
        noGradients = no_grad();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        noGradients.Dispose();
        if (modes.All(mode => !mode.Training)) return;
        foreach (var (layer, training) in modes) layer.train(training); // a layer's own comes after that of what holds it
    }
}
