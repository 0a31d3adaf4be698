using Golgi.Data;
using Golgi.Data.Sources;

namespace Golgi.App.Commands.DataSets;

/// <summary>A data set in numbers, and the picture of some of its examples.</summary>
/// <param name="Picture">The picture's file; null where the inputs are no images.</param>
internal sealed record DataSummary(
    string Name, IReadOnlyList<long> InputShape, IReadOnlyList<DataSummary.Row> Classes, string Identity, string? Picture)
{
    public static DataSummary Of(DataSet data, string part, int perClass, long seed, string picture)
    {
        var (train, validation, test) = (Counts(data, data.Train), Counts(data, data.Validation), Counts(data, data.Test));
        bool images = data.InputShape is [1 or 3, _, _];
        if (images)
        {
            var examples = part switch { "train" => data.Train, "validation" => data.Validation, _ => data.Test };
            using var sheet = DataSheet.Draw(examples, data.ClassNames, perClass, seed);
            Golgi.Imaging.Picture.Save(sheet, picture);
        }

        return new DataSummary(
            data.Name,
            data.InputShape,
            [.. data.ClassNames.Select((name, i) => new Row(name, train[i], validation[i], test[i]))],
            data.Identity,
            images ? picture : null);
    }

    private static IReadOnlyList<long> Counts(DataSet data, Examples part) => DataSheet.Counts(part, data.ClassNames.Count);

    /// <summary>A class and its numbers of examples.</summary>
    internal sealed record Row(string Name, long Train, long Validation, long Test);
}
