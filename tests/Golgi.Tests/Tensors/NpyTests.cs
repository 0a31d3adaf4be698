using System.IO.Compression;
using System.Text;
using Golgi.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Tensors;

public sealed class NpyTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("golgi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    public void An_array_survives_a_round_trip(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var values = arange(24).reshape(2, 3, 4).to_type(type);
        Npy.Write(In("a.npy"), values.transpose(0, 2));
        Assert.True(values.transpose(0, 2).eq(Npy.Read(In("a.npy"))).all().item<bool>());
        Npy.WriteArchive(In("a.npz"), [("x", values), ("y", tensor(3.5))]);
        using var archive = Npy.ReadArchive(In("a.npz"));
        Assert.Equal(["x", "y"], archive.Names);
        Assert.True(values.eq(archive["x"]).all().item<bool>());
        Assert.Equal(3.5, archive["y"].item<double>());
    }

    // numpy 1.24: a = np.asfortranarray(np.arange(12, dtype='>f4').reshape(4, 3)); np.save writes the columns one after another.
    [Theory]
    [InlineData("<f4", false)]
    [InlineData(">f4", true)]
    public void Rows_of_a_fortran_array_are_rows(string descr, bool swap)
    {
        using var scope = NewDisposeScope();
        WriteFortran(descr, swap);
        using var file = new NpyFile(In("f.npy"));
        Assert.Equal([4, 3], file.Shape);
        var all = arange(12, dtype: ScalarType.Float32).reshape(4, 3);
        Assert.True(all.eq(file.ReadAll()).all().item<bool>());
        Assert.True(all[1..3].eq(file.ReadRows(1, 2)).all().item<bool>());
        Assert.Equal([0, 3], file.ReadRows(4, 0).shape);
        Assert.Throws<ArgumentOutOfRangeException>(() => file.ReadRows(3, 2));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        using var scope = NewDisposeScope();
        Npy.Write(In("whole.npy"), ones(50, 3));
        byte[] whole = File.ReadAllBytes(In("whole.npy"));
        for (int i = 0; i < 50; i++)
        {
            File.WriteAllBytes(In("cut.npy"), whole[..(whole.Length * i / 50)]);
            Assert.Throws<InvalidDataException>(() => Npy.Read(In("cut.npy")));
        }
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': __import__('os').system('true'), 'shape': (1,), }")]
    public void A_header_that_promises_too_much_is_refused(string text)
    {
        File.WriteAllBytes(In("bad.npy"), [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text), 0, 0, 0, 0]);
        Assert.Throws<InvalidDataException>(() => Npy.Read(In("bad.npy")));
    }

    [Fact]
    public void An_archive_whose_entry_climbs_out_is_refused()
    {
        using (var archive = ZipFile.Open(In("evil.npz"), ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("../../x.npy").Open();
            entry.Write([1, 2, 3]);
        }

        Assert.Throws<InvalidDataException>(() => Npy.ReadArchive(In("evil.npz")));
    }

    private void WriteFortran(string descr, bool swap)
    {
        string text = $"{{'descr': '{descr}', 'fortran_order': True, 'shape': (4, 3), }}\n";
        using var stream = File.Create(In("f.npy"));
        stream.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, 0, .. Encoding.ASCII.GetBytes(text)]);
        for (int column = 0; column < 3; column++)
        {
            for (int row = 0; row < 4; row++)
            {
                byte[] value = BitConverter.GetBytes((float)((row * 3) + column));
                if (swap) value.AsSpan().Reverse();
                stream.Write(value);
            }
        }
    }

    private string In(string name) => Path.Combine(folder, name);
}
