namespace Golgi.App.Commands.Similarity;

/// <summary>What <c>--spatial</c> says.</summary>
internal enum Spatial
{
    Flatten,
    Pixels,
    Pool,
    Dft,
}
