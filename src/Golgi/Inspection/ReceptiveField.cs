using Golgi.Networks;
using Golgi.Networks.Taps;
using static TorchSharp.torch;

namespace Golgi.Inspection;

/// <summary>Which part of the input picture each place of a layer sees.</summary>
/// <remarks>Found by staining: one row (or column) of an otherwise blank picture is made not-a-number, and wherever that
/// comes through, the picture was looked at. Works for any network whose layers let such values pass, as sums, products,
/// rectifiers and maxima do; where nothing comes through, the whole picture is taken. Pictures of more than
/// <see cref="MostStains"/> rows or columns are stained in bands, so that an edge lies up to a band's breadth too far
/// out.</remarks>
public sealed class ReceptiveField
{
    /// <summary>How many stains are tried along each dimension at the most.</summary>
    public const int MostStains = 64;

    private const int Batch = 32;
    private readonly (int First, int Count)[] rows, columns;

    private ReceptiveField((int First, int Count)[] rows, (int First, int Count)[] columns)
    {
        this.rows = rows;
        this.columns = columns;
    }

    /// <summary>Rows of places in the layer; 1 for a layer without places.</summary>
    public int Rows => rows.Length;

    /// <summary>Columns of places in the layer; 1 for a layer without places.</summary>
    public int Columns => columns.Length;

    /// <summary>The part of the picture that one place sees, cut off at the picture's edges.</summary>
    /// <param name="row">In [0, Rows).</param>
    /// <param name="column">In [0, Columns).</param>
    public Region this[int row, int column] =>
        new(rows[row].First, columns[column].First, rows[row].Count, columns[column].Count);

    /// <summary>Measures a layer.</summary>
    /// <param name="network">Any network; borrowed, its mode is put back.</param>
    /// <param name="inputShape">[C, H, W].</param>
    /// <param name="layer">A dotted name.</param>
    /// <exception cref="ArgumentException">Inputs are not pictures, or the layer is not known.</exception>
    public static ReceptiveField Of(nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape, string layer) =>
        OfAll(network, inputShape, [layer])[layer];

    /// <summary>Measures several layers at once.</summary>
    /// <inheritdoc cref="Of"/>
    public static IReadOnlyDictionary<string, ReceptiveField> OfAll(
        nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape, IReadOnlyList<string> layers)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (inputShape.Count != 3)
        {
            throw new ArgumentException(
                $"Inputs are [{string.Join(", ", inputShape)}]; only pictures [C, H, W] have receptive fields.",
                nameof(inputShape));
        }

        using var tap = new ActivationTap(network, layers);
        using var mode = new EvaluationMode(network);
        var vertical = Stain(tap, network, inputShape, dimension: 2);
        var horizontal = Stain(tap, network, inputShape, dimension: 3);
        return tap.Layers.ToDictionary(layer => layer, layer => new ReceptiveField(vertical[layer], horizontal[layer]));
    }

    /// <summary>Stains each band of lines across one dimension in turn; for each layer, the first and the number of the
    /// lines that reach each place.</summary>
    private static Dictionary<string, (int First, int Count)[]> Stain(
        ActivationTap tap, nn.Module<Tensor, Tensor> network, IReadOnlyList<long> inputShape, int dimension)
    {
        using var scope = NewDisposeScope();
        long lines = inputShape[dimension - 1];
        long breadth = (lines + MostStains - 1) / MostStains, bands = (lines + breadth - 1) / breadth;
        var device = network.parameters().FirstOrDefault()?.device ?? CPU;
        var reached = tap.Layers.ToDictionary(layer => layer, _ => new List<Tensor>());
        for (long start = 0; start < bands; start += Batch)
        {
            using var step = NewDisposeScope();
            long count = Math.Min(Batch, bands - start);
            var pictures = zeros([count, .. inputShape], ScalarType.Float32, device);
            for (long i = 0; i < count; i++)
            {
                long first = (start + i) * breadth;
                pictures[i].narrow(dimension - 1, first, Math.Min(breadth, lines - first)).fill_(double.NaN);
            }

            tap.Run(pictures);
            foreach (var (layer, list) in reached) list.Add(Reached(tap[layer], dimension).MoveToOuterDisposeScope());
        }

        return tap.Layers.ToDictionary(layer => layer, layer => Extents(cat([.. reached[layer]]), (int)breadth, (int)lines));
    }

    /// <summary>Which stains reached which places along one dimension: bool [stains, places].</summary>
    private static Tensor Reached(Tensor output, int dimension)
    {
        var stained = output.isnan();
        if (output.dim() != 4) return stained.flatten(1).any(1, keepdim: true);
        return stained.any(1).any(dimension == 2 ? 2 : 1);
    }

    private static (int First, int Count)[] Extents(Tensor reached, int breadth, int lines)
    {
        int bands = (int)reached.shape[0], places = (int)reached.shape[1];
        bool[] hits = [.. reached.cpu().data<bool>()];
        return [.. Enumerable.Range(0, places).Select(place =>
        {
            int[] mine = [.. Enumerable.Range(0, bands).Where(band => hits[(band * places) + place])];
            if (mine.Length == 0) return (0, lines);
            int first = mine[0] * breadth;
            return (first, Math.Min((mine[^1] + 1) * breadth, lines) - first);
        })];
    }
}
