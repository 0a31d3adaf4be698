using static TorchSharp.torch;

namespace Golgi.Networks;

/// <summary>The modules of a network in the order of a walk along it.</summary>
internal static class ModuleTree
{
    /// <summary>All modules below a network with their dotted names, each before those that it holds and these before its
    /// next sibling: the order of calls, where modules were registered in that order.</summary>
    /// <remarks><c>named_modules()</c> gives all siblings before anything that they hold, so that a residual network's last layer
    /// is not the last.</remarks>
    public static IEnumerable<(string Name, nn.Module Module)> Walk(nn.Module network) => Walk(network, "");

    private static IEnumerable<(string Name, nn.Module Module)> Walk(nn.Module module, string prefix) =>
        module.named_children().SelectMany(child => Walk(child.module, $"{prefix}{child.name}.").Prepend((prefix + child.name, child.module)));
}
