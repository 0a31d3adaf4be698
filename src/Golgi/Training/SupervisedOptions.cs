using Golgi.Data;
using Golgi.Foundation;
using Golgi.Training.Tasks;

namespace Golgi.Training;

/// <summary>How a network learns a data set.</summary>
public sealed record SupervisedOptions
{
    /// <summary>What is learned. Null: what is usual for the data's targets, <see cref="LearningTask.For"/>.</summary>
    public LearningTask? Task { get; init; }

    /// <summary>Examples in a batch. Default 128.</summary>
    public int Batch { get => field; init => field = Check.Positive(value, nameof(Batch)); } = 128;

    /// <summary>Distortions of training images. Default: none.</summary>
    public Augmentation Augmentation { get; init; } = Augmentation.None;

    /// <summary>From raw inputs to what the network sees. Null: the data set's usual preparation.</summary>
    public Preprocessing? Preprocessing { get; init; }
}
