using Golgi.Native;

namespace Golgi.App.Doctor;

/// <summary>What <c>golgi doctor</c> finds.</summary>
internal sealed record Diagnosis
{
    /// <summary>True if networks can run here.</summary>
    public bool Healthy => Libtorch.Problem is null;

    /// <summary>This tool's version.</summary>
    public required string Golgi { get; init; }

    /// <summary>The version of the managed half of libtorch.</summary>
    public required string Torchsharp { get; init; }

    /// <summary>The native half.</summary>
    public required LibtorchState Libtorch { get; init; }

    /// <summary>Names for <c>--device</c>, with what they are; empty where libtorch does not load.</summary>
    public required IReadOnlyList<DeviceState> Devices { get; init; }

    /// <summary>Threads within one tensor operation, unless <c>--threads</c> says otherwise; 0 where libtorch does not load.</summary>
    public required int Threads { get; init; }

    /// <summary>Processors that the system shows.</summary>
    public required int Processors { get; init; }

    /// <summary>What was changed about native code in this process.</summary>
    public required IReadOnlyList<NativeRepairOutcome> Repairs { get; init; }

    /// <summary>The operating system.</summary>
    public required string System { get; init; }

    /// <summary>The .NET runtime.</summary>
    public required string Runtime { get; init; }

    /// <summary>The version of the C library; null where there is none to ask.</summary>
    public required string? Libc { get; init; }

    /// <summary>The file of the C++ library; null where it is not loaded.</summary>
    public required string? Libstdcxx { get; init; }

    /// <summary>Where data sets are looked for, in order.</summary>
    public required IReadOnlyList<FolderState> DataFolders { get; init; }

    /// <summary>What to do; empty where all is well.</summary>
    public required IReadOnlyList<string> Advice { get; init; }
}
