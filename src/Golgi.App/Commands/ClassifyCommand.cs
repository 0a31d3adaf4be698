using System.CommandLine;
using System.Text.RegularExpressions;
using Golgi.Data;
using Golgi.Inspection;
using Golgi.Opening;
using Spectre.Console;

namespace Golgi.App.Commands;

/// <summary><c>golgi classify</c>: what a network takes photographs for.</summary>
internal sealed partial class ClassifyCommand : Verb
{
    public ClassifyCommand()
        : base("classify", "Says what a network takes photographs for: its likeliest classes with their probabilities.")
    {
        Arguments.Add(Network);
        Arguments.Add(Photos);
        Options.Add(Labels);
        Options.Add(Preprocess);
        Options.Add(Mean);
        Options.Add(Std);
        Options.Add(Top);
    }

    public Argument<string> Network { get; } = new("NETWORK") { Description = $"The network: {SpecimenSource.Usage}." };

    public Argument<string[]> Photos { get; } =
        new("PHOTO") { Description = "Image files: JPEG, PNG, WebP, GIF, BMP.", Arity = ArgumentArity.OneOrMore };

    public Option<string?> Labels { get; } = new("--labels") { Description = "A text file with one class name a line, in the order of the outputs." };

    public Option<string?> Preprocess { get; } =
        new("--preprocess") { Description = $"How photographs are prepared: {string.Join(", ", PreprocessingPresets.Names)}." };

    public Option<string?> Mean { get; } = new("--mean") { Description = "Mean per channel of pixels in [0, 1], such as 0.485,0.456,0.406." };

    public Option<string?> Std { get; } = new("--std") { Description = "Standard deviation per channel of pixels in [0, 1]." };

    public Option<int> Top { get; } = new("--top") { Description = "How many classes to name for each photograph.", DefaultValueFactory = _ => 5 };

    public override int Run(Session session)
    {
        using var specimen = SpecimenSource.Open(session.Value(Network), new SpecimenOptions
        {
            RunsFolder = session.OutFolder,
            DataFolder = session.DataFolder,
            Device = session.Device,
            Preprocessing = PreprocessingChoice.Of(session.Value(Preprocess), session.Value(Mean), session.Value(Std)),
        });
        var found = PhotoClasses.Of(specimen, session.Value(Photos), session.Value(Top));
        session.Print(session.Value(Labels) is { } labels ? Named(found, labels) : found, Draw);
        return ExitCode.Done;
    }

    private static IReadOnlyList<PhotoClasses> Named(IReadOnlyList<PhotoClasses> found, string path)
    {
        string[] names = [.. File.ReadLines(path).Select(line => Synset().Replace(line.Trim(), ""))];
        return
        [
            .. found.Select(photo => photo with
            {
                Classes = [.. photo.Classes.Select(guess => guess.Class < names.Length
                    ? guess with { Name = names[guess.Class] }
                    : throw new ArgumentException($"{path} has {names.Length} names; the network has a class {guess.Class}."))],
            }),
        ];
    }

    private static void Draw(IReadOnlyList<PhotoClasses> found, IAnsiConsole console)
    {
        foreach (var photo in found)
        {
            console.WriteLine(photo.File);
            foreach (var guess in photo.Classes) console.WriteLine($"  {guess.Probability,6:P1}  {guess.Name}");
        }
    }

    // ImageNet's lists start each line with the class's WordNet number.
    [GeneratedRegex(@"^n\d{8}\s+")]
    private static partial Regex Synset();
}
