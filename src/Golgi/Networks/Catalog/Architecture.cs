namespace Golgi.Networks.Catalog;

/// <summary>One entry of the <see cref="ModelCatalog"/>.</summary>
/// <param name="Name">What a user writes: <c>lenet5</c>; for a family the pattern: <c>fc-A-B-...-Z</c>.</param>
/// <param name="Description">Its layers in words, and where it comes from.</param>
/// <param name="Initialization">The initialization of its source, used where the user names none.</param>
/// <param name="InputShape">The input that its source has: [1, 28, 28] for MNIST, [3, 32, 32] for CIFAR-10. Any other
/// input
/// that fits will do.</param>
/// <param name="Classes">The number of outputs that its source has.</param>
public sealed record Architecture(
    string Name, string Description, string Initialization, IReadOnlyList<long> InputShape, int Classes);
