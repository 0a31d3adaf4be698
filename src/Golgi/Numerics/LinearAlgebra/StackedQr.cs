using Golgi.Foundation;
using static TorchSharp.torch;

namespace Golgi.Numerics.LinearAlgebra;

/// <summary>The triangular factor of a tall matrix that arrives in blocks of rows: R of A = QR, in memory that does not
/// depend on the number of rows.</summary>
/// <remarks>Sequential "tall skinny QR" (Demmel, Grigori, Hoemmen and Langou 2012, arXiv 0808.2664): R ← qr([R; block]).
/// As stable as one Householder factorization of the whole: no condition number is squared, unlike with AᵀA.
/// Cost 2·rows·columns² and columns²·8 bytes.</remarks>
/// <param name="columns">Columns of the matrix, 1 or more.</param>
internal sealed class StackedQr(long columns) : IDisposable
{
    private Tensor factor = zeros([0, columns], ScalarType.Float64).DetachFromDisposeScope();

    /// <summary>R so far, float64 [min(rows seen, columns), columns], upper triangular; signs of its rows are arbitrary. Owned by this
    /// object.</summary>
    public Tensor Factor => factor;

    /// <summary>Takes up further rows.</summary>
    /// <param name="block">float64 [rows, columns].</param>
    /// <exception cref="ArgumentException">The number of columns is another one.</exception>
    public void Add(Tensor block)
    {
        Check.Shape(block, $"[N, {columns}]");
        using var scope = NewDisposeScope();
        var (_, r) = linalg.qr(cat([factor, block], 0), linalg.QRMode.R);
        var next = r.clone().DetachFromDisposeScope();
        factor.Dispose();
        factor = next;
    }

    /// <inheritdoc/>
    public void Dispose() => factor.Dispose();
}
