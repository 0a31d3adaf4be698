using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Golgi.Mutate;

/// <summary>The library as its project file compiles it.</summary>
internal sealed class Library
{
    private readonly CSharpCommandLineArguments arguments;

    private Library(string root, CSharpCommandLineArguments arguments, CSharpCompilation compilation)
    {
        Root = root;
        this.arguments = arguments;
        Compilation = compilation;
    }

    /// <summary>The library's folder.</summary>
    public string Root { get; }

    /// <summary>The sources, with what generators add.</summary>
    public CSharpCompilation Compilation { get; }

    /// <summary>Asks MSBuild how the project is compiled, and parses.</summary>
    public static Library Load(string root)
    {
        string[] words =
        [
            "msbuild", root, "-t:Compile", "-getItem:CscCommandLineArgs", "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true",
            "-p:Configuration=Release", "-p:BuildProjectReferences=false", "-p:NonExistentFile=__none__",
        ];
        using var asked = Process.Start(new ProcessStartInfo("dotnet", words) { RedirectStandardOutput = true })!;
        using var answer = JsonDocument.Parse(asked.StandardOutput.ReadToEnd());
        asked.WaitForExit();
        var items = answer.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray();
        var line = items.Select(item => item.GetProperty("Identity").GetString()!).ToArray();
        var arguments = CSharpCommandLineParser.Default.Parse(line, root, null);

        var parse = arguments.ParseOptions.WithDocumentationMode(DocumentationMode.None);
        var trees = arguments.SourceFiles.AsParallel().AsOrdered()
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file.Path), parse, file.Path)).ToArray();
        var references = arguments.MetadataReferences.Select(one => MetadataReference.CreateFromFile(one.Reference, one.Properties)).ToArray();
        var options = arguments.CompilationOptions.WithGeneralDiagnosticOption(ReportDiagnostic.Suppress)
            .WithSpecificDiagnosticOptions(ImmutableDictionary<string, ReportDiagnostic>.Empty).WithConcurrentBuild(true);
        var bare = CSharpCompilation.Create(arguments.CompilationName, trees, references, options);

        var loader = new FromFile();
        var generators = arguments.AnalyzerReferences.SelectMany(one =>
            new AnalyzerFileReference(one.FilePath, loader).GetGenerators(LanguageNames.CSharp));
        CSharpGeneratorDriver.Create(generators, parseOptions: parse).RunGeneratorsAndUpdateCompilation(bare, out var whole, out _);
        return new Library(root, arguments, (CSharpCompilation)whole);
    }

    /// <summary>Writes the assembly; what is wrong with it otherwise.</summary>
    public IReadOnlyList<Diagnostic> Emit(CSharpCompilation compilation, Stream to)
    {
        var made = compilation.Emit(to, manifestResources: arguments.ManifestResources);
        return made.Success ? [] : [.. made.Diagnostics.Where(one => one.Severity == DiagnosticSeverity.Error)];
    }

    private sealed class FromFile : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
