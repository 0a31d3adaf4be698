using Golgi.Foundation;
using Golgi.Tests.Support;
using PublicApiGenerator;
using Xunit;

namespace Golgi.Tests.Surface;

/// <summary>The library's public surface, a file a room: nothing becomes public, or ceases to be, without somebody having looked.</summary>
public sealed class ApiTests
{
    public static TheoryData<string> Rooms =>
        [.. typeof(Check).Assembly.GetExportedTypes().Select(type => Room(type.Namespace!)).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void The_public_surface_of_a_room_is_the_one_that_was_looked_at(string room)
    {
        var options = new ApiGeneratorOptions
        {
            IncludeTypes = [.. typeof(Check).Assembly.GetExportedTypes().Where(type => !type.IsNested && Room(type.Namespace!) == room)],
            IncludeAssemblyAttributes = false,
        };
        string api = typeof(Check).Assembly.GeneratePublicApi(options).ReplaceLineEndings("\n").TrimEnd() + "\n";

        Baseline.Equal($"tests/Golgi.Tests/Surface/Api/{room}.txt", api);
    }

    [Fact]
    public void No_file_is_left_of_a_room_that_is_gone()
    {
        string folder = Path.Combine(Repository.Root, "tests/Golgi.Tests/Surface/Api");
        string[] kept = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileNameWithoutExtension(file))];

        Assert.Empty(kept.Except(Rooms.Select(row => (string)row.Data)));
    }

    private static string Room(string name) => string.Join('.', name.Split('.')[1..] is ["Instruments", var instrument, ..]
        ? ["Instruments", instrument]
        : name.Split('.')[1..2]);
}
