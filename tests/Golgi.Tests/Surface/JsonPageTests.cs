using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml.Linq;
using Golgi.App.Commands;
using Golgi.App.Report;
using Golgi.Foundation;
using Golgi.Jobs;
using Golgi.Tests.Support;
using Xunit;

namespace Golgi.Tests.Surface;

/// <summary><c>docs/concepts/json.md</c> says what stands in the results of every kind of job; it is written from the records and their
/// docstrings.</summary>
public sealed class JsonPageTests
{
    private const string Begin = "<!-- from here on written by a test from the records -->";
    private static readonly Assembly[] Assemblies = [typeof(Check).Assembly, typeof(JobKinds).Assembly];
    private static readonly Dictionary<string, string> Sentences = Assemblies.SelectMany(ReadSentences).DistinctBy(pair => pair.Key).ToDictionary();

    [Fact]
    public void The_page_tells_of_every_field_of_every_result()
    {
        string head = Repository.Read("docs/concepts/json.md").Split(Begin)[0];

        Baseline.Equal("docs/concepts/json.md", $"{head}{Begin}\n{Kinds()}");
    }

    [Fact]
    public void Every_job_of_the_library_and_the_command_is_known_to_runs()
    {
        string[] unknown = [.. Jobs().Select(job => job.Kind.Name).Where(name => JobKinds.All.Find(name) is null)];

        Assert.Empty(unknown);
    }

    [Fact]
    public void Fields_use_the_common_words()
    {
        string[] refused = ["n", "lo", "hi", "lowest", "highest", "top5_accuracy", "duration", "elapsed"];
        string[] found =
        [
            .. Jobs().Select(job => job.Result).Concat(Sections.All.Select(Measured)).SelectMany(Records).Distinct()
                .SelectMany(record => Fields(record).Where(field => refused.Contains(field.Name)).Select(field => $"{record.Name}.{field.Name}")),
        ];

        Assert.Empty(found);
    }

    private static string Kinds()
    {
        var text = new StringBuilder();
        var told = new HashSet<Type>();
        foreach (var (kind, result) in Jobs())
        {
            text.Append($"\n## {kind.Name}\n\nVersion {kind.Version}{(kind.IsPart ? ", a part of other runs" : "")}. ");
            text.Append(told.Contains(result) ? $"The result is a `{result.Name}`, above.\n" : $"{Sentence($"T:{result.FullName}")}\n");
            Tell(result);
            if (kind != DossierJob.Is) continue;
            foreach (var section in Sections.All)
            {
                text.Append($"\n### {section.Title}\n\n{Sentence($"T:{Measured(section).FullName}")}\n");
                Tell(Measured(section));
            }
        }

        return text.ToString();

        void Tell(Type whole)
        {
            foreach (var record in Records(whole).Where(told.Add))
            {
                text.Append(record == whole ? "\n" : $"\n`{record.Name}`: {Sentence($"T:{record.FullName}")}\n\n");
                text.Append("| field | type | meaning |\n|---|---|---|\n");
                foreach (var field in Fields(record)) text.Append($"| `{field.Name}` | {field.Type} | {field.Meaning} |\n");
            }
        }
    }

    /// <summary>The record that a section of the dossier measures into.</summary>
    private static Type Measured(DossierSection section) => section.GetType().BaseType!.GenericTypeArguments.Single();

    /// <summary>All kinds of jobs with the records of their results, by name.</summary>
    private static IEnumerable<(JobKind Kind, Type Result)> Jobs() =>
        from assembly in Assemblies
        from type in assembly.GetTypes()
        where !type.IsAbstract && type.IsSubclassOf(typeof(Job))
        let kind = (JobKind)type.GetProperty("Is", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
        orderby kind.Name
        select (kind, ResultOf(type));

    private static Type ResultOf(Type job)
    {
        for (var type = job; ; type = type.BaseType!)
        {
            if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(Job<>)) return type.GetGenericArguments()[0];
        }
    }

    /// <summary>A record and those that its fields hold, outermost first.</summary>
    private static IEnumerable<Type> Records(Type record)
    {
        var open = new Queue<Type>([record]);
        var seen = new HashSet<Type> { record };
        while (open.TryDequeue(out var next))
        {
            yield return next;
            foreach (var field in Properties(next).Select(property => Element(property.PropertyType)))
            {
                if (Assemblies.Contains(field.Assembly) && field is { IsEnum: false } && Written(field) && seen.Add(field)) open.Enqueue(field);
            }
        }
    }

    private static IEnumerable<(string Name, string Type, string Meaning)> Fields(Type record) => Properties(record).Select(property => (
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
        Describe(property.PropertyType),
        Sentence($"P:{record.FullName}.{property.Name}")));

    private static IEnumerable<PropertyInfo> Properties(Type record) => Written(record)
        ? record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null && property.GetIndexParameters().Length == 0)
        : [];

    /// <summary>True for records that are written field by field and not by a converter of their own.</summary>
    private static bool Written(Type record) => record.GetCustomAttribute<JsonConverterAttribute>() is null;

    private static Type Element(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare) return Element(bare);
        if (type == typeof(string) || !type.IsAssignableTo(typeof(IEnumerable))) return type;
        return type.IsArray ? Element(type.GetElementType()!) : type.IsGenericType ? Element(type.GetGenericArguments()[^1]) : type;
    }

    private static string Describe(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } bare) return $"{Describe(bare)} or null";
        if (type == typeof(string)) return "text";
        if (type == typeof(bool)) return "true or false";
        if (type.IsEnum) return string.Join(", ", Enum.GetNames(type).Select(name => $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(name)}`"));
        if (type.IsPrimitive) return type == typeof(double) || type == typeof(float) ? "number" : "whole number";
        if (type.IsArray) return $"list of {Describe(type.GetElementType()!)}";
        if (!type.IsAssignableTo(typeof(IEnumerable)) || !type.IsGenericType) return $"`{type.Name}`";
        return type.GetGenericArguments() is [_, var value] ? $"{Describe(value)} by name" : $"list of {Describe(type.GetGenericArguments()[0])}";
    }

    private static string Sentence(string member) => Sentences.GetValueOrDefault(member, "").Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>Summaries by member; what a record says of its parameters is said of its properties.</summary>
    private static IEnumerable<KeyValuePair<string, string>> ReadSentences(Assembly assembly)
    {
        foreach (var member in XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        {
            string name = member.Attribute("name")!.Value;
            if (member.Element("summary") is { } summary) yield return new(name, Text(summary));
            if (!name.StartsWith("T:", StringComparison.Ordinal)) continue;
            foreach (var parameter in member.Elements("param"))
            {
                yield return new($"P:{name[2..]}.{parameter.Attribute("name")!.Value}", Text(parameter));
            }
        }
    }

    private static string Text(XElement element) => string.Join(' ', string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { IsEmpty: true } reference =>
            $"`{((string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name") ?? "").Split('.', ':')[^1].Split('(')[0]}`",
        XElement other => other.Value,
        _ => "",
    })).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
