using System.Text.Json;
using System.Text.Json.Serialization;

namespace Golgi.Foundation;

/// <summary>Writes one of several kinds of a thing as its name, so that files and commands hold words.</summary>
/// <typeparam name="T">The kinds' type.</typeparam>
internal abstract class WordConverter<T> : JsonConverter<T>
{
    /// <summary>The kind of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    protected abstract T Find(string name);

    /// <summary>The name of a kind.</summary>
    protected abstract string NameOf(T kind);

    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Find(reader.GetString() ?? throw new JsonException("A name is missing."));
        }
        catch (ArgumentException error)
        {
            throw new JsonException(error.Message, error);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(NameOf(value));
    }
}
