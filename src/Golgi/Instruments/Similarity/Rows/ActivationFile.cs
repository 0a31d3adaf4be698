using System.Globalization;
using Golgi.Data.Sources;
using Golgi.Foundation;
using Golgi.Tensors;
using static TorchSharp.torch;

namespace Golgi.Instruments.Similarity.Rows;

/// <summary>Opens activations that other programs have written: .npy (streamed where it is a matrix), .npz, .csv.</summary>
public static class ActivationFile
{
    /// <summary>True if a text names such a file, by its ending; <c>file.npz:array</c> names one array of an archive.</summary>
    public static bool Names(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string path = ArrayOf(text).Path;
        return Path.GetExtension(path).ToUpperInvariant() is ".NPY" or ".NPZ" or ".CSV";
    }

    /// <summary>Opens a file.</summary>
    /// <param name="text">Its path; for an archive of several arrays, <c>file.npz:array</c>.</param>
    /// <param name="reading">What becomes of more than two dimensions.</param>
    /// <returns>The caller owns it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is damaged or holds no numbers.</exception>
    /// <exception cref="ArgumentException">An archive has no such array.</exception>
    public static ActivationRows Open(string text, MapReading reading = MapReading.Flatten)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (path, array) = ArrayOf(text);
        return Path.GetExtension(Existing(path)).ToUpperInvariant() switch
        {
            ".NPY" => OpenArray(path, reading),
            ".NPZ" => FromArchive(path, array, reading),
            ".CSV" => new TensorRows(path, ReadTable(path)),
            _ => throw new ArgumentException($"'{path}' is neither .npy, .npz nor .csv.", nameof(text)),
        };
    }

    /// <summary>Reads a whole array as it lies in the file, maps as maps.</summary>
    /// <inheritdoc cref="Open" path="/param[@name='text']"/>
    /// <inheritdoc cref="Open" path="/exception"/>
    /// <returns>Of any shape; the caller owns it.</returns>
    public static Tensor Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (path, array) = ArrayOf(text);
        switch (Path.GetExtension(Existing(path)).ToUpperInvariant())
        {
            case ".NPY":
                return Npy.Read(path);
            case ".NPZ":
                using (var arrays = Npy.ReadArchive(path)) return arrays[Named(path, array, arrays)].clone();
            case ".CSV":
                return ReadTable(path);
            default:
                throw new ArgumentException($"'{path}' is neither .npy, .npz nor .csv.", nameof(text));
        }
    }

    internal static string Existing(string path) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"There is no file '{path}'.", path);

    internal static (string Path, string? Array) ArrayOf(string text)
    {
        int at = text.IndexOf(".npz:", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? (text, null) : (text[..(at + 4)], text[(at + 5)..]);
    }

    private static ActivationRows OpenArray(string path, MapReading reading)
    {
        using (var file = new NpyFile(path))
        {
            if (file.Shape.Count == 2) return new NpyRows(path);
        }

        using var values = Npy.Read(path);
        return LayerRows.From(path, values, reading);
    }

    private static TensorRows FromArchive(string path, string? array, MapReading reading)
    {
        using var arrays = Npy.ReadArchive(path);
        return LayerRows.From(path, arrays[Named(path, array, arrays)], reading);
    }

    private static string Named(string path, string? array, NamedTensors arrays) =>
        array is null && arrays.Count != 1
            ? throw new ArgumentException($"{path} holds {arrays.Count} arrays: {string.Join(", ", arrays.Names)}. Name one: {path}:NAME.")
            : Check.Known(array ?? arrays.Names[0], arrays.Names, "array");

    private static Tensor ReadTable(string path)
    {
        var values = new List<double>();
        int columns = 0, rows = 0;
        bool first = true;
        using var text = new StreamReader(path);
        foreach (var (line, cells) in CsvRows.Read(text, ',', path))
        {
            double[] numbers = new double[cells.Length];
            int wrong = 0;
            while (wrong < cells.Length && Number(cells[wrong], out numbers[wrong])) wrong++;
            bool isHeader = wrong < cells.Length && first; // a first line that is not all numbers
            first = false;
            if (isHeader) continue;
            if (wrong < cells.Length) throw new InvalidDataException($"{path}, line {line}: '{cells[wrong]}' is not a number; all cells must be.");
            if (rows > 0 && cells.Length != columns)
            {
                throw new InvalidDataException($"{path}, line {line}: {cells.Length} cells where the lines before have {columns}.");
            }

            columns = cells.Length;
            rows++;
            values.AddRange(numbers);
        }

        return rows > 0
            ? tensor([.. values], [rows, columns], ScalarType.Float64)
            : throw new InvalidDataException($"{path} holds no rows of numbers.");
    }

    private static bool Number(string cell, out double number) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
}
