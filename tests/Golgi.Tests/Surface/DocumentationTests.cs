using System.Reflection;
using System.Xml.Linq;
using Golgi.Foundation;
using Xunit;

namespace Golgi.Tests.Surface;

public sealed class DocumentationTests
{
    [Fact]
    public void Every_public_type_of_the_library_has_a_summary()
    {
        var documented = XDocument.Load(Path.ChangeExtension(typeof(Check).Assembly.Location, ".xml"))
            .Descendants("member")
            .Where(member => member.Element("summary") is { } summary && !string.IsNullOrWhiteSpace(summary.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        string[] silent =
        [
            .. typeof(Check).Assembly.GetExportedTypes()
                .Where(type => !type.FullName!.Contains("Protobuf", StringComparison.Ordinal))
                .Where(type => !documented.Contains($"T:{type.FullName!.Replace('+', '.')}"))
                .Select(type => type.FullName!),
        ];

        Assert.Empty(silent);
    }

    [Fact]
    public void Public_classes_are_sealed_abstract_or_static()
    {
        string[] open =
        [
            .. typeof(Check).Assembly.GetExportedTypes()
                .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false })
                .Select(type => type.FullName!),
        ];

        Assert.Empty(open);
    }

    [Fact]
    public void Instance_fields_are_not_public()
    {
        string[] fields =
        [
            .. typeof(Check).Assembly.GetExportedTypes().Where(type => !type.IsEnum)
                .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
                .Select(field => $"{field.DeclaringType!.FullName}.{field.Name}"),
        ];

        Assert.Empty(fields);
    }
}
