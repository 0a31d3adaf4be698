using System.Globalization;
using Golgi.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Native;

[Collection(TorchState.Name)]
public sealed unsafe class LargeBlocksTests
{
    private const string HugePages = "/sys/kernel/mm/transparent_hugepage/enabled";

    [Fact]
    public void Large_tensors_ask_for_large_pages()
    {
        Assert.SkipUnless(File.Exists(HugePages), "Only on Linux with large pages.");
        Assert.SkipWhen(Environment.GetEnvironmentVariable("THP_MEM_ALLOC_ENABLE") is not null, "The environment says what libtorch does.");
        using var tensor = ones(16 * 1024 * 1024);
        fixed (byte* start = tensor.bytes)
        {
            Assert.Contains("hg", FlagsAt((ulong)start + (32 * 1024 * 1024)));
        }
    }

    // What /proc/self/smaps says of the mapping that an address lies in.
    private static string[] FlagsAt(ulong address)
    {
        bool inside = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string first = line.Split(' ')[0];
            if (inside && first == "VmFlags:") return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] ends = first.Split('-');
            if (ends.Length == 2) inside = Number(ends[0]) <= address && address < Number(ends[1]);
        }

        return [];
    }

    private static ulong Number(string hexadecimal) => ulong.Parse(hexadecimal, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
