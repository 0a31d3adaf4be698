namespace Golgi.Training.Tasks;

/// <summary>How a picture is compared with the one that it should be, pixel by pixel.</summary>
public enum PictureLoss
{
    /// <summary>Mean squared error.</summary>
    SquaredError,

    /// <summary>Mean binary cross-entropy, in nats: each pixel is a probability in [0, 1].</summary>
    CrossEntropy,
}
