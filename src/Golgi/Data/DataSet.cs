namespace Golgi.Data;

/// <summary>A named data set in its three fixed parts. Nothing but a final evaluation reads <see cref="Test"/>.</summary>
/// <param name="Name">As the user named it: <c>mnist</c>, <c>folder:PATH</c>.</param>
/// <param name="Train">What networks are trained on.</param>
/// <param name="Validation">A held-out part of the original training set, the same for one seed.</param>
/// <param name="Test">The final judge.</param>
/// <param name="ClassNames">One name per class, or per value where the targets are numbers; none for pictures.</param>
/// <param name="Preprocessing">The usual preparation of this set's raw values.</param>
/// <param name="Identity">A text that changes when the data do (file digests, or a generator's parameters); part of a run's name.</param>
public sealed record DataSet(
    string Name,
    Examples Train,
    Examples Validation,
    Examples Test,
    IReadOnlyList<string> ClassNames,
    Preprocessing Preprocessing,
    string Identity) : IDisposable
{
    /// <summary>Sets on which the parts rest (subsets share them); disposed with this object.</summary>
    public IReadOnlyList<Examples> Owned { get; init; } = [];

    /// <summary>One name for each number of an input, for rows of a table; otherwise empty.</summary>
    public IReadOnlyList<string> FeatureNames { get; init; } = [];

    /// <summary>The shape of one raw input.</summary>
    public IReadOnlyList<long> InputShape => Train.InputShape;

    /// <summary>One of the three parts. Owned by this object.</summary>
    public Examples this[DataPart part] => part switch
    {
        DataPart.Train => Train,
        DataPart.Validation => Validation,
        _ => Test,
    };

    /// <summary>What a network trained on this set gives.</summary>
    public OutputKind Outputs => Train.Targets.Kind;

    /// <summary>How many numbers a network trained on this set gives for one input: one per class, per value or per number of a picture.</summary>
    public int OutputCount => Outputs == OutputKind.Classes ? ClassNames.Count : (int)Train.Targets.Shape.Aggregate(1L, (a, b) => a * b);

    /// <inheritdoc/>
    public void Dispose()
    {
        Train.Dispose();
        Validation.Dispose();
        Test.Dispose();
        foreach (var part in Owned) part.Dispose();
    }
}
