using System.Buffers.Binary;
using System.Text;
using Golgi.Tensors;
using Xunit;
using static TorchSharp.torch;

namespace Golgi.Tests.Tensors;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("golgi-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_type_and_the_metadata_survive_a_round_trip()
    {
        using var scope = NewDisposeScope();
        string path = Path.Combine(folder, "all.safetensors");
        ScalarType[] types =
        [
            ScalarType.Bool, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64,
            ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64, ScalarType.ComplexFloat32,
        ];
        var source = arange(6, dtype: ScalarType.Float32).reshape(2, 3);
        (string, Tensor)[] tensors =
            [.. types.Select(type => (type.ToString(), source.to_type(type))), ("scalar", tensor(7.5)), ("none", zeros(
                0, 4)), ("strided", source.t())];
        SafeTensors.Write(path, tensors, new Dictionary<string, string> { ["made by"] = "a \"test\"" });

        using var read = SafeTensors.Read(path);
        Assert.Equal("a \"test\"", read.Metadata["made by"]);
        Assert.Equal(tensors.Select(entry => entry.Item1), read.Names);
        foreach (var (name, expected) in tensors)
        {
            Assert.Equal(expected.dtype, read[name].dtype);
            Assert.Equal(expected.shape, read[name].shape);
            Assert.True(expected.eq(read[name]).all().item<bool>(), name);
        }

        Assert.Equal(["all.safetensors"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_with_its_path()
    {
        string path = Sample();
        byte[] whole = File.ReadAllBytes(path);
        for (int i = 0; i < 50; i++)
        {
            string cut = Path.Combine(folder, $"cut{i}");
            File.WriteAllBytes(cut, whole[..(whole.Length * i / 50)]);
            Assert.Contains(cut, Assert.Throws<InvalidDataException>(() => SafeTensors.Read(cut)).Message);
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,8],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""")]
    [InlineData("""{"a":{"dtype":"F7","shape":[2],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":{"dtype":"F32","shape":["x"],"data_offsets":[0,8]}}""")]
    [InlineData("""{"a":[]}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""")]
    [InlineData("""{"a":""")]
    public void A_header_that_does_not_fit_its_data_is_refused(string header)
    {
        string path = Path.Combine(folder, "bad");
        byte[] text = Encoding.UTF8.GetBytes(header), file = new byte[8 + text.Length + 8];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        File.WriteAllBytes(path, file);
        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(path));
    }

    [Fact]
    public void A_header_longer_than_the_file_is_refused_before_it_is_allocated()
    {
        string path = Path.Combine(folder, "long");
        File.WriteAllBytes(path, [0xff, 0xff, 0xff, 0x7f, 0, 0, 0, 0, 1, 2, 3]);
        Assert.Throws<InvalidDataException>(() => SafeTensors.Read(path));
    }

    private string Sample()
    {
        using var scope = NewDisposeScope();
        string path = Path.Combine(folder, "sample");
        SafeTensors.Write(path, [("weight", ones(20, 30)), ("bias", ones(20))]);
        return path;
    }
}
