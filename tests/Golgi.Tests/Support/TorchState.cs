using Xunit;

namespace Golgi.Tests.Support;

/// <summary>Tests that count live tensors or touch torch's process-wide state; they do not run beside others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TorchState
{
    public const string Name = "torch state";
}
