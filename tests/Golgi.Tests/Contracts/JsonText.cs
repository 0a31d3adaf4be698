using System.Text.Json;
using Golgi.Foundation;

namespace Golgi.Tests.Contracts;

/// <summary>Values through the format of runs' files.</summary>
internal static class JsonText
{
    public static T There_and_back<T>(T value) => JsonSerializer.Deserialize<T>(Of(value), RunJson.Format)!;

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, RunJson.Format);
}
