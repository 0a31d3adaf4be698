using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace Golgi.Foundation;

/// <summary>The one vocabulary of argument checks: every message says what is wrong, what was given and what would be right.</summary>
public static class Check
{
    /// <summary>Returns <paramref name="value"/> if it is finite and above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero, negative, infinite or not a number.</exception>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must be a finite number above 0.");

    /// <summary>Returns <paramref name="value"/> if it is above zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero or negative.</exception>
    public static long Positive(long value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must be 1 or more.");

    /// <inheritdoc cref="Positive(long, string)"/>
    public static int Positive(int value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        (int)Positive((long)value, name);

    /// <summary>Returns <paramref name="value"/> if it is finite and not below zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, infinite or not a number.</exception>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must be a finite number, 0 or more.");

    /// <inheritdoc cref="NotNegative(double, string)"/>
    public static long NotNegative(long value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must be 0 or more.");

    /// <summary>Returns <paramref name="value"/> if it lies in [0, 1].</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside, or is not a number.</exception>
    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must lie between 0 and 1.");

    /// <summary>Returns <paramref name="value"/> if it lies in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <exception cref="ArgumentOutOfRangeException">It lies outside, or is not a number.</exception>
    public static double InRange(
        double value, double low, double high, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= low && value <= high
            ? value
            : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must lie between {low} and {high}.");

    /// <inheritdoc cref="InRange(double, double, double, string)"/>
    public static long InRange(
        long value, long low, long high, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= low && value <= high
            ? value
            : throw new ArgumentOutOfRangeException(name, $"{name} is {value}; it must lie between {low} and {high}.");

    /// <summary>Checks a tensor's shape against a pattern such as <c>"[N, 3, H, W]"</c>: numbers must match, letters stand
    /// for any size but the same letter for the same size, and <c>...</c> at the end for any further dimensions.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="ArgumentException">The shape does not fit the pattern.</exception>
    public static Tensor Shape(Tensor tensor, string pattern, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        if (!Fits(tensor.shape, pattern.Trim('[', ']').Split(',', StringSplitOptions.TrimEntries)))
        {
            throw new ArgumentException($"{name} has shape {Describe(tensor.shape)}; it must be {pattern}.", name);
        }

        return tensor;
    }

    /// <summary>Checks that two tensors have one shape.</summary>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void SameShape(
        Tensor a,
        Tensor b,
        [CallerArgumentExpression(nameof(a))] string nameA = "",
        [CallerArgumentExpression(nameof(b))] string nameB = "")
    {
        ArgumentNullException.ThrowIfNull(a, nameA);
        ArgumentNullException.ThrowIfNull(b, nameB);
        if (a.shape.AsSpan().SequenceEqual(b.shape)) return;
        throw new ArgumentException(
            $"{nameA} has shape {Describe(a.shape)} and {nameB} {Describe(b.shape)}; they must be the same.", nameB);
    }

    /// <summary>Checks that a tensor holds finite numbers only. Reads one value from the device.</summary>
    /// <returns>The same tensor.</returns>
    /// <exception cref="ArgumentException">It holds an infinity or a NaN.</exception>
    public static Tensor Finite(Tensor tensor, [CallerArgumentExpression(nameof(tensor))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(tensor, name);
        using var scope = NewDisposeScope();

        // A sum is finite unless a term is not, or it overflows; only then is it worth looking closer.
        if (tensor.is_floating_point() && double.IsFinite(tensor.sum().to(ScalarType.Float64).item<double>())) return tensor;
        long bad = tensor.numel() - tensor.isfinite().sum().item<long>();
        return bad == 0
            ? tensor
            : throw new ArgumentException($"{name} holds {bad} values that are infinite or not a number.", name);
    }

    /// <summary>Returns <paramref name="value"/> if it is one of <paramref name="known"/>.</summary>
    /// <param name="kind">What is named, as the message should call it: "data set", "layer".</param>
    /// <exception cref="ArgumentException">It is not; the message names the nearest known ones first.</exception>
    public static string Known(
        string value, IEnumerable<string> known, string kind, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        string[] all = [.. known];
        if (all.Contains(value)) return value;
        throw new ArgumentException(Unknown(value, all, kind), name);
    }

    /// <summary>What is said of a name that is not known: the nearest first, then all, unless they are many.</summary>
    public static string Unknown(string value, IReadOnlyList<string> known, string kind)
    {
        ArgumentNullException.ThrowIfNull(known);
        string[] near = [.. Nearest.To(value, known, 3)];
        string hint = near.Length > 0 ? $" Nearest: {string.Join(", ", near)}." : "";
        string list = known.Count <= 40 ? $" Known: {string.Join(", ", known)}." : $" {known.Count} are known.";
        return $"No {kind} '{value}'.{hint}{list}";
    }

    /// <summary>A shape as messages write it: <c>[60000, 1, 28, 28]</c>.</summary>
    public static string Describe(ReadOnlySpan<long> shape) => $"[{string.Join(", ", shape.ToArray())}]";

    private static bool Fits(long[] shape, string[] pattern)
    {
        bool open = pattern is [.., "..."];
        string[] names = open ? pattern[..^1] : pattern;
        if (open ? shape.Length < names.Length : shape.Length != names.Length) return false;

        var sizes = new Dictionary<string, long>();
        for (int i = 0; i < names.Length; i++)
        {
            long expected = long.TryParse(names[i], out long number) ? number : sizes.GetValueOrDefault(names[i], shape[i]);
            if (shape[i] != expected) return false;
            sizes[names[i]] = shape[i];
        }

        return true;
    }
}
