using System.Globalization;
using System.Text;

namespace Golgi.Interchange.Caffe;

/// <summary>A message in the text form of protocol buffers: fields by name, each with one value or several.</summary>
internal sealed class TextMessage
{
    private readonly Dictionary<string, List<object>> fields = [];

    /// <summary>The nested messages of a field.</summary>
    public IReadOnlyList<TextMessage> Messages(string field) =>
        fields.TryGetValue(field, out var values) ? [.. values.OfType<TextMessage>()] : [];

    /// <summary>The first nested message of a field; an empty one where there is none.</summary>
    public TextMessage Message(string field) => Messages(field) is [var first, ..] ? first : new TextMessage();

    /// <summary>The scalars of a field.</summary>
    public IReadOnlyList<string> Texts(string field) =>
        fields.TryGetValue(field, out var values) ? [.. values.OfType<string>()] : [];

    public string Text(string field, string missing) => Texts(field) is [.., var last] ? last : missing;

    public bool Has(string field) => fields.ContainsKey(field);

    public bool Flag(string field, bool missing) => Text(field, missing ? "true" : "false") is "true" or "1";

    public long Integer(string field, long missing) => Texts(field) is [.., var last] ? Whole(field, last) : missing;

    public IReadOnlyList<long> Integers(string field) => [.. Texts(field).Select(text => Whole(field, text))];

    public double Number(string field, double missing)
    {
        if (Texts(field) is not [.., var last]) return missing;
        return double.TryParse(last.TrimEnd('f'), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new InvalidDataException($"'{field}' is '{last}', which is not a number.");
    }

    /// <summary>Parses a whole file.</summary>
    /// <exception cref="InvalidDataException">It is not in the text form; the message gives path and line.</exception>
    public static TextMessage Parse(string path, string text)
    {
        var parser = new Parser(path, text);
        return parser.Message(0, closed: false);
    }

    private static long Whole(string field, string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? value
            : throw new InvalidDataException($"'{field}' is '{text}', which is not a whole number.");

    private sealed class Parser(string path, string text)
    {
        private const int Deepest = 32;
        private int at;

        public TextMessage Message(int depth, bool closed)
        {
            if (depth > Deepest) throw Bad($"messages lie more than {Deepest} deep in one another");
            var message = new TextMessage();
            while (true)
            {
                Blank();
                if (at == text.Length) return closed ? throw Bad("a brace is not closed") : message;
                if (text[at] is '}' or '>')
                {
                    if (!closed) throw Bad("a brace is closed that was not opened");
                    at++;
                    return message;
                }

                string name = Word();
                Blank();
                bool colon = at < text.Length && text[at] == ':';
                if (colon) at++;
                Blank();
                if (!message.fields.TryGetValue(name, out var values)) message.fields[name] = values = [];
                if (at < text.Length && text[at] is '{' or '<')
                {
                    at++;
                    values.Add(Message(depth + 1, closed: true));
                }
                else
                {
                    values.Add(colon ? Scalar() : throw Bad($"'{name}' has neither a value nor a message"));
                }

                Blank();
                if (at < text.Length && text[at] is ',' or ';') at++;
            }
        }

        private void Blank()
        {
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] == '#'))
            {
                if (text[at] == '#') while (at < text.Length && text[at] != '\n') at++;
                else at++;
            }
        }

        private string Scalar() => at < text.Length && text[at] is '"' or '\'' ? Quoted() : Word();

        private string Word()
        {
            int start = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or '+' or '-' or '/')) at++;
            return at > start
                ? text[start..at]
                : throw Bad(at < text.Length ? $"'{text[at]}' stands where a name or a value belongs" : "the file ends in the middle");
        }

        private string Quoted()
        {
            char quote = text[at++];
            var value = new StringBuilder();
            for (; at < text.Length && text[at] != quote; at++)
            {
                if (text[at] == '\\' && at + 1 < text.Length) at++;
                value.Append(text[at]);
            }

            if (at == text.Length) throw Bad("a text is not closed");
            at++;
            return value.ToString();
        }

        private InvalidDataException Bad(string what) => new($"{path}, line {text.AsSpan(0, Math.Min(at, text.Length)).Count('\n') + 1}: {what}.");
    }
}
