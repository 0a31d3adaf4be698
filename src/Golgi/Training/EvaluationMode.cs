using static TorchSharp.torch;

namespace Golgi.Training;

/// <summary>A scope in which a network is in evaluation mode and no gradients are recorded; its own mode returns afterwards.</summary>
public sealed class EvaluationMode : IDisposable
{
    private readonly nn.Module network;
    private readonly bool training;
    private readonly IDisposable noGradients;

    /// <summary>Enters the scope.</summary>
    /// <param name="network">Borrowed.</param>
    public EvaluationMode(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        this.network = network;
        training = network.training;
        network.eval();
        noGradients = no_grad();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        noGradients.Dispose();
        if (training) network.train();
    }
}
