using System.Text.Json;
using System.Text.Json.Serialization;

namespace Golgi.Instruments.Similarity.Whitening;

/// <summary>Truncations in JSON, as commands take them.</summary>
internal sealed class TruncationJson : JsonConverter<Truncation>
{
    /// <inheritdoc/>
    public override Truncation Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Truncation.Parse(reader.GetString()!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Truncation value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
