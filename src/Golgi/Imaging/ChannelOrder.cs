namespace Golgi.Imaging;

/// <summary>The order of an image's color channels.</summary>
public enum ChannelOrder
{
    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Blue, green, red, as OpenCV reads images and Caffe's networks expect them.</summary>
    Bgr,
}
