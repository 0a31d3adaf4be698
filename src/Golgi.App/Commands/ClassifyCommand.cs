using System.CommandLine;
using System.Text.RegularExpressions;
using Golgi.App.Commands.Options;
using Golgi.Jobs;
using Spectre.Console;

namespace Golgi.App.Commands;

/// <summary><c>golgi classify</c>: what a network takes photographs for.</summary>
internal sealed partial class ClassifyCommand : Verb
{
    public const string Summary =
        "Says what a network takes photographs for: its likeliest classes with their probabilities.";

    private readonly NetworkOptions network = new();
    private readonly KeepOption keep = new();

    public ClassifyCommand()
        : base("classify", Summary)
    {
        network.AddTo(this);
        Arguments.Add(Photos);
        Options.Add(Labels);
        Options.Add(Top);
        keep.AddTo(this);
    }

    public Argument<string[]> Photos { get; } =
        new("PHOTO") { Description = "Image files: JPEG, PNG, WebP, GIF, BMP.", Arity = ArgumentArity.OneOrMore };

    public Option<string?> Labels { get; } = new("--labels") { Description = "A text file with one class name a line, in the order of the outputs." };

    public Option<int> Top { get; } = new("--top") { Description = "How many classes to name for each photograph.", DefaultValueFactory = _ => 5 };

    public override int Run(Session session)
    {
        using var specimen = network.Open(session);
        string[]? names = session.Value(Labels) is { } path ? [.. File.ReadLines(path).Select(line => Synset().Replace(line.Trim(), ""))] : null;
        using var job = new ClassifyJob(specimen, session.Value(Photos), session.Value(Top), names);
        keep.Print(session, job, Draw);
        return ExitCode.Done;
    }

    private static void Draw(ClassificationResult found, IAnsiConsole console)
    {
        foreach (var photo in found.Photos)
        {
            console.WriteLine(photo.File);
            foreach (var guess in photo.Classes) console.WriteLine($"  {guess.Probability,6:P1}  {guess.Name}");
        }
    }

    // ImageNet's lists start each line with the class's WordNet number.
    [GeneratedRegex(@"^n\d{8}\s+")]
    private static partial Regex Synset();
}
