using Golgi.Foundation;
using Golgi.Instruments.Similarity.Whitening;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>A matrix in a .npy file, read in blocks of rows.</summary>
internal sealed class NpyRows : ActivationRows
{
    private readonly NpyFile file;

    /// <summary>Opens a file.</summary>
    /// <param name="path">A .npy file with a real matrix [samples, features].</param>
    /// <exception cref="InvalidDataException">It is not a whole .npy file, or not a real matrix.</exception>
    public NpyRows(string path)
    {
        Name = path;
        file = new NpyFile(path);
        if (file.Shape.Count == 2 && file.Type is not (ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64)) return;
        file.Dispose();
        throw new InvalidDataException(
            $"{path} holds {file.Type} of shape {Check.Describe([.. file.Shape])}; it must be a real matrix [samples, features].");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override long Count => file.Shape[0];

    /// <inheritdoc/>
    public override long Features => file.Shape[1];

    /// <inheritdoc/>
    public override double RankTolerance => file.Type == ScalarType.Float64 ? Basis.DoubleTolerance : Basis.SingleTolerance;

    /// <inheritdoc/>
    public override Tensor Read(long start, long count)
    {
        using var rows = file.ReadRows(start, count);
        return rows.to(ScalarType.Float64, copy: true);
    }

    /// <inheritdoc/>
    public override void Dispose() => file.Dispose();
}
