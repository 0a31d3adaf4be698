namespace Golgi.App.Doctor;

/// <summary>Which libtorch is loaded, or why none is.</summary>
/// <param name="Source">Who chose it: <c>GOLGI_LIBTORCH</c>, or <c>bundled</c> for the one beside the tool.</param>
/// <param name="Folder">Where it lies, or was looked for.</param>
/// <param name="Version">Its version as it tells itself; null where it does not load or does not tell.</param>
/// <param name="CpuCapability">The instructions that its kernels use: AVX2, AVX512, DEFAULT.</param>
/// <param name="Cuda">The CUDA version that it was built for; null for none.</param>
/// <param name="Problem">Why it does not load; null if it does.</param>
internal sealed record LibtorchState(
    string Source, string Folder, string? Version, string? CpuCapability, string? Cuda, string? Problem);
