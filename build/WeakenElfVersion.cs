using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Sets VER_FLG_WEAK on one needed symbol version of a 64-bit little-endian ELF file, so that the dynamic linker warns
/// instead of refusing where that version is absent. Idempotent. A file that is not such an ELF file is an error; a
/// file that does not need the version is left untouched.
/// </summary>
public sealed class WeakenElfVersion : Task
{
    private const uint VersionNeeded = 0x6FFFFFFE; // SHT_GNU_verneed
    private const byte Weak = 2;                   // VER_FLG_WEAK
    private byte[] bytes = Array.Empty<byte>();

    [Required]
    public string File { get; set; } = "";

    [Required]
    public string Version { get; set; } = "";

    public override bool Execute()
    {
        bytes = System.IO.File.ReadAllBytes(File);
        if (bytes.Length < 64 || bytes[0] != 0x7f || bytes[1] != 'E' || bytes[2] != 'L' || bytes[3] != 'F' || bytes[4] != 2 || bytes[5] != 1)
        {
            Log.LogError("Not a little-endian 64-bit ELF file: " + File);
            return false;
        }

        bool changed = false;
        long headers = Offset(0x28);
        for (int i = 0; i < Half(0x3C); i++)
        {
            long section = headers + (long)i * Half(0x3A);
            if (Word(section + 4) == VersionNeeded) changed |= WeakenIn(section, headers);
        }

        if (changed) Replace();
        return true;
    }

    private bool WeakenIn(long section, long headers)
    {
        bool changed = false;
        long strings = Offset(headers + (long)Word(section + 40) * Half(0x3A) + 24);
        for (long need = Offset(section + 24); ; need += Word(need + 12))
        {
            long entry = need + Word(need + 8);
            for (int k = 0; k < Half(need + 2); k++, entry += Word(entry + 12))
            {
                if (Text(strings + Word(entry + 8)) != Version || (bytes[entry + 4] & Weak) != 0) continue;
                bytes[entry + 4] |= Weak; // vna_flags
                changed = true;
            }

            if (Word(need + 12) == 0) return changed;
        }
    }

    /// <summary>Writes a new file and renames it: writing in place could go through a hard link into the package cache.</summary>
    private void Replace()
    {
        string temporary = File + ".tmp";
        System.IO.File.WriteAllBytes(temporary, bytes);
        System.IO.File.Delete(File);
        System.IO.File.Move(temporary, File);
        Log.LogMessage(MessageImportance.Normal, "weakened " + Version + " in " + File);
    }

    private int Half(long at) { return BitConverter.ToUInt16(bytes, (int)at); }

    private uint Word(long at) { return BitConverter.ToUInt32(bytes, (int)at); }

    private long Offset(long at) { return BitConverter.ToInt64(bytes, (int)at); }

    private string Text(long at)
    {
        long end = at;
        while (bytes[end] != 0) end++;
        return Encoding.ASCII.GetString(bytes, (int)at, (int)(end - at));
    }
}
