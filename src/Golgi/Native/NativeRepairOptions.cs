namespace Golgi.Native;

/// <summary>Which repairs of native code a program wants.</summary>
public sealed record NativeRepairOptions
{
    /// <summary>Names in <see cref="NativeRepairs.Variable"/>, in the order of <see cref="NativeRepair"/>.</summary>
    private static readonly string[] Names = ["caches", "scalars", "waits", "blocks"];

    /// <summary>What is left out, besides what <see cref="NativeRepairs.Variable"/> names. Default: nothing.</summary>
    public IReadOnlyList<NativeRepair> LeaveOut { get; init; } = [];

    /// <summary>How a repair is named in <see cref="NativeRepairs.Variable"/>.</summary>
    /// <param name="repair">Which.</param>
    public static string NameOf(NativeRepair repair) => Names[(int)repair];

    /// <summary>Reads what the variable leaves out: <c>off</c> is all, otherwise names with commas between.</summary>
    /// <exception cref="ArgumentException">A name is unknown.</exception>
    internal static IReadOnlyList<NativeRepair> Parse(string? text)
    {
        string[] words = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words is ["off"]) return Enum.GetValues<NativeRepair>();
        return
        [
            .. words.Select(word => Array.IndexOf(Names, word) is >= 0 and var at
                ? (NativeRepair)at
                : throw new ArgumentException(
                    $"{NativeRepairs.Variable} names what is left out; '{word}' is not known. "
                    + $"It is 'off' or some of {string.Join(", ", Names)}, with commas between.")),
        ];
    }
}
