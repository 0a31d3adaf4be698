namespace Golgi.Native;

/// <summary>What <see cref="NativeRepairs"/> can mend about native code (docs/concepts/native.md).</summary>
public enum NativeRepair
{
    /// <summary>Cache sizes that a virtual machine hides, without which convolutions are wrong and slow. Named <c>caches</c>.</summary>
    HiddenCaches,

    /// <summary>Numbers that TorchSharp frees while libtorch reads them. Named <c>scalars</c>.</summary>
    ScalarLifetime,

    /// <summary>Threads that spin for milliseconds while they wait for each other. Named <c>waits</c>.</summary>
    ShortWaits,

    /// <summary>Memory of tensors that goes back to the system and comes again as empty pages. Named <c>blocks</c>.</summary>
    LargeBlocks,
}
