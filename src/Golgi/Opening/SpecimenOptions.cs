using Golgi.Data;
using TorchSharp;

namespace Golgi.Opening;

/// <summary>How <see cref="SpecimenSource"/> opens a network.</summary>
public sealed record SpecimenOptions
{
    /// <summary>The folder of all runs, where a run's name is looked up. Default <c>runs</c>.</summary>
    public string RunsFolder { get; init; } = "runs";

    /// <summary>The data set that the network is looked at with; null: the one that its run was trained on, or none for a file.</summary>
    public string? Data { get; init; }

    /// <summary>The folder that is searched first for the data set; null: none.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Which of a run's checkpoints: <c>final</c>, <c>best</c>, <c>step-00001000</c>. Null: as the reference says (<c>RUN#best</c>), or
    /// final.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>How raw inputs are prepared; null: as the reference says (<c>FILE@imagenet-torch</c>), or the data set.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>Seed of the first weights, where only an architecture is named. Default 0.</summary>
    public long Seed { get; init; }

    /// <summary>Where the network is put. Default: the CPU.</summary>
    public torch.Device Device { get; init; } = torch.CPU;
}
