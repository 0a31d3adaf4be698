using static TorchSharp.torch;

namespace Golgi.Ascent.Objectives;

/// <summary>A scope in which a network only answers: evaluation mode, no gradients for its weights. Disposing it
/// restores both.</summary>
internal sealed class Frozen : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] modes;
    private readonly Tensor[] learning;

    public Frozen(nn.Module network)
    {
        modes = [.. network.named_modules().Select(entry => entry.module).Prepend(network).Select(module => (module, module.training))];
        learning = [.. network.parameters().Where(parameter => parameter.requires_grad)];
        network.eval();
        foreach (var parameter in learning) parameter.requires_grad_(false);
    }

    public void Dispose()
    {
        // A module's mode sets its children's too, so the outermost come first.
        foreach (var (module, training) in modes)
        {
            if (module.training != training) module.train(training);
        }

        foreach (var parameter in learning) parameter.requires_grad_(true);
    }
}
