using Golgi.Foundation;

namespace Golgi.Data;

/// <summary>Where a data set is looked for and how it is divided.</summary>
public sealed record DataOptions
{
    /// <summary>The folder that is searched first, before <c>GOLGI_DATA</c> and the user's cache folder; null:
    /// none.</summary>
    public string? Folder { get; init; }

    /// <summary>The folder that is searched second; null: none. Default: what the environment variable
    /// <c>GOLGI_DATA</c> says.</summary>
    public string? EnvironmentFolder { get; init; } = Environment.GetEnvironmentVariable(DataFolders.Variable);

    /// <summary>Where downloads and unpacked archives go. Default: <see cref="DataFolders.UserCache"/>.</summary>
    public string CacheFolder { get; init; } = DataFolders.UserCache;

    /// <summary>Seed of the split into training and validation part, and of the drawings of <c>strokes</c>. Default 0:
    /// the same for everybody.</summary>
    public long Seed { get; init; }

    /// <summary>Examples held out of the training set for validation; null: the set's own default (MNIST and CIFAR-10:
    /// 5,000).</summary>
    public int? ValidationCount
    {
        get;
        init => field = value is { } count ? (int)Check.InRange(count, 0, int.MaxValue, nameof(ValidationCount)) : null;
    }

    /// <summary>At most this many training examples, a random choice of all; null: all.</summary>
    public int? TrainLimit { get; init => field = value is { } count ? Check.Positive(count, nameof(TrainLimit)) : null; }

    /// <summary>At most this many test examples, a random choice of all; null: all.</summary>
    public int? TestLimit { get; init => field = value is { } count ? Check.Positive(count, nameof(TestLimit)) : null; }

    /// <summary>Which labels the training part has. Default: the true ones.</summary>
    public TrainingLabels Labels { get; init; }

    /// <summary>Height and width that images of a <c>folder:</c> are brought to. Default 32.</summary>
    public int ImageSize { get; init => field = (int)Check.InRange(value, 1, 4096, nameof(ImageSize)); } = 32;
}
