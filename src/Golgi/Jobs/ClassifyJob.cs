using System.Text.Json.Nodes;
using Golgi.Foundation;
using Golgi.Inspection;
using Golgi.Networks;

namespace Golgi.Jobs;

/// <summary>Says what a network takes photographs for.</summary>
/// <param name="specimen">The network. Borrowed.</param>
/// <param name="files">Image files.</param>
/// <param name="top">How many classes to name for each.</param>
/// <param name="names">Names of the classes instead of the specimen's, in the order of the outputs; null: the specimen's.</param>
public sealed class ClassifyJob(Specimen specimen, IReadOnlyList<string> files, int top = 5, IReadOnlyList<string>? names = null)
    : Job<ClassificationResult>
{
    /// <summary>The kind of the runs that this makes.</summary>
    public static JobKind Is { get; } = new("classify", 1);

    /// <inheritdoc/>
    public override JobKind Kind => Is;

    /// <inheritdoc/>
    public override string Subject => specimen.Name;

    /// <inheritdoc/>
    public override JsonObject Options => new() { ["top"] = top, ["names"] = names is null ? null : Digest.OfText(string.Join('\n', names)) };

    /// <inheritdoc/>
    public override JsonObject? Request => null;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Inputs
    {
        get
        {
            var inputs = SpecimenInputs.Of(specimen);
            for (int i = 0; i < files.Count; i++) inputs[$"photo_{i}"] = $"{Path.GetFileName(files[i])} {Digest.OfFile(files[i])}";
            return inputs;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are fewer names than classes.</exception>
    public override ClassificationResult Execute(JobContext context)
    {
        var found = PhotoClasses.Of(specimen, files, top);
        return new ClassificationResult(specimen.Name, names is null ? found : [.. found.Select(Named)]);
    }

    private PhotoClasses Named(PhotoClasses photo) => photo with
    {
        Classes = [.. photo.Classes.Select(guess => guess.Class < names!.Count
            ? guess with { Name = names[(int)guess.Class] }
            : throw new ArgumentException($"There are {names.Count} names; the network has a class {guess.Class}.", nameof(photo)))],
    };
}
