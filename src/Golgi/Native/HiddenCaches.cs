using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Golgi.Native;

/// <summary>Keeps convolutions right on virtual machines that hide the sizes of the processor's caches.</summary>
/// <remarks>
/// oneDNN, which computes libtorch's convolutions, asks AMD processors for their caches by CPUID leaf 0x8000001D. Some
/// virtual machines answer with zeros, which it reads as three caches of one byte. It then cuts its copies of weights into
/// pieces by a path that loses values wherever a number of channels does not fill a block (20 channels, kernel 5×5), and
/// convolutions without such a rest take up to 30 times as long. On such machines, and only there, the sizes are set before
/// the first tensor; where that is impossible, oneDNN is switched off (docs/decisions/0006).
/// </remarks>
internal static unsafe class HiddenCaches
{
    private const int CacheLeaf = unchecked((int)0x8000001D);
    private const int FirstLevelLeaf = unchecked((int)0x80000005), SecondLevelLeaf = unchecked((int)0x80000006);

    private const string Context = "_ZN2at13globalContextEv"; // at::globalContext(): exported, so its address is known
    private const string Processor = "_ZN4dnnl4impl3cpu3x643cpuEv"; // dnnl::impl::cpu::x64::cpu(): not exported
    private const string OneDnnSetter = "_ZN2at7Context20setUserEnabledMkldnnEb";
    private const string NnpackSetter = "_ZN2at7Context20setUserEnabledNNPACKEb";

    private const string Hidden = "this virtual machine hides the processor's caches";

    private const int Levels = 3, LevelsOfArray = 10, WordsOfProcessor = 32;
    private const uint ThirdLevelShare = 1 << 20; // bytes for each core, oneDNN's own guess where it knows of no cache

    /// <summary>True if this processor should tell the sizes of its caches by CPUID and does not.</summary>
    public static bool AreHidden =>
        X86Base.IsSupported && Vendor() == "AuthenticAMD" && X86Base.CpuId(CacheLeaf, 0) is { Eax: 0, Ebx: 0 };

    /// <summary>Finds out whether a repair is needed.</summary>
    /// <param name="late">Whether libtorch is loaded already, and may have chosen its paths.</param>
    public static NativeRepairOutcome Begin(bool late)
    {
        if (!AreHidden) return Outcome(NativeRepairState.NotNeeded, "the processor tells the sizes of its caches");
        if (!OperatingSystem.IsLinux()) return Outcome(NativeRepairState.Impossible, $"{Hidden}, and can be told on Linux only");
        return late
            ? Outcome(NativeRepairState.TooLate, $"{Hidden}, and libtorch was loaded before it could be told: convolutions may be wrong")
            : Outcome(NativeRepairState.Pending, $"{Hidden}; libtorch will be told likely sizes before its first call");
    }

    /// <summary>Repairs.</summary>
    /// <param name="file">Of torch_cpu, which is loaded and has not computed yet.</param>
    public static NativeRepairOutcome Repair(string file)
    {
        nint library = NativeLibrary.Load(file);
        SwitchOff(library, NnpackSetter); // it needs the sizes too, and would complain at every call that it does not start
        if (SetSizes(library, file)) return Outcome(NativeRepairState.Done, $"{Hidden}; libtorch was told likely sizes");
        return SwitchOff(library, OneDnnSetter)
            ? Outcome(NativeRepairState.Instead, $"{Hidden}; convolutions do without oneDNN, and are slow")
            : Outcome(NativeRepairState.Impossible, $"{Hidden}: convolutions may be wrong here");
    }

    private static NativeRepairOutcome Outcome(NativeRepairState state, string text) => new(NativeRepair.HiddenCaches, state, text);

    private static bool SwitchOff(nint library, string setter)
    {
        if (!NativeLibrary.TryGetExport(library, setter, out var set)) return false;
        if (!NativeLibrary.TryGetExport(library, Context, out var context)) return false;
        ((delegate* unmanaged<nint, byte, void>)set)(((delegate* unmanaged<nint>)context)(), 0);
        return true;
    }

    /// <summary>Writes sizes where oneDNN keeps them, if what is there is exactly what zeros lead to.</summary>
    private static bool SetSizes(nint library, string file)
    {
        if (!NativeLibrary.TryGetExport(library, Context, out var known)) return false;
        if (ElfSymbols.Find(file, [Context, Processor]) is not [{ } knownOffset, { } offset]) return false;

        // The first call fills the object; it returns a reference to it.
        var processor = (delegate* unmanaged<nint>)(known - (nint)knownOffset + (nint)offset);
        var words = new Span<uint>((void*)processor(), WordsOfProcessor);
        int at = words.IndexOf(OneByteEach());
        if (at < 0) return false;
        Sizes().CopyTo(words[at..]);
        return true;
    }

    /// <summary>Three sizes of one byte, three counts of sharing cores, and the number of levels, as Xbyak lays them out.</summary>
    private static ReadOnlySpan<uint> OneByteEach()
    {
        uint[] words = new uint[(2 * LevelsOfArray) + 1];
        words.AsSpan(0, Levels).Fill(1);
        words.AsSpan(LevelsOfArray, Levels).Fill(1);
        words[^1] = Levels;
        return words;
    }

    /// <summary>Bytes of the first two levels from the older leaves, which such machines leave as they are.</summary>
    private static ReadOnlySpan<uint> Sizes()
    {
        uint first = (uint)X86Base.CpuId(FirstLevelLeaf, 0).Ecx >> 24; // kB
        uint second = (uint)X86Base.CpuId(SecondLevelLeaf, 0).Ecx >> 16;
        return new[] { (first > 0 ? first : 32) << 10, (second > 0 ? second : 512) << 10, ThirdLevelShare };
    }

    private static string Vendor()
    {
        var (_, ebx, ecx, edx) = X86Base.CpuId(0, 0);
        return string.Create(12, (ebx, edx, ecx), (text, words) =>
        {
            int[] parts = [words.ebx, words.edx, words.ecx];
            for (int i = 0; i < text.Length; i++) text[i] = (char)((parts[i / 4] >> (8 * (i % 4))) & 0xFF);
        });
    }
}
