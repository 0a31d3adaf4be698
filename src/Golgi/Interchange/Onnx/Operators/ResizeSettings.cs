namespace Golgi.Interchange.Onnx.Operators;

/// <summary>How Resize interpolates.</summary>
/// <param name="Mode">nearest, linear or cubic.</param>
/// <param name="Transform">How places of the output correspond to places of the input.</param>
/// <param name="Rounding">How nearest rounds.</param>
/// <param name="CubicA">The coefficient a of the cubic kernel.</param>
/// <param name="ExcludeOutside">True where weights beyond the input count as 0, and the others are scaled up.</param>
/// <param name="Extrapolation">The value beyond the input, for tf_crop_and_resize.</param>
/// <param name="Antialias">True where shrinking widens the kernel.</param>
internal sealed record ResizeSettings(
    string Mode, string Transform, string Rounding, double CubicA, bool ExcludeOutside, double Extrapolation, bool Antialias);
