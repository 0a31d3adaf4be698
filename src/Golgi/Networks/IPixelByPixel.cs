namespace Golgi.Networks;

/// <summary>A network that takes images in any order of memory, so that a pixel's channels may lie beside each other (channels last), where
/// convolutions and pools are fastest. Says nothing about shapes, which stay [N, C, H, W].</summary>
public interface IPixelByPixel;
