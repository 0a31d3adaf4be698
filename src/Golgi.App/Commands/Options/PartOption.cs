using System.CommandLine;
using Golgi.Data;
using Golgi.Networks;

namespace Golgi.App.Commands.Options;

/// <summary>The option that names a part of a data set.</summary>
internal static class PartOption
{
    public static Option<string> Of(string description, string usual = "test")
    {
        var option = new Option<string>("--part") { Description = description, DefaultValueFactory = _ => usual };
        return option.AcceptOnlyFromAmong("train", "validation", "test");
    }

    /// <summary>The examples of a part.</summary>
    /// <exception cref="ArgumentException">The specimen comes without data.</exception>
    public static Examples Of(Specimen specimen, string part) => (specimen.Data
        ?? throw new ArgumentException($"{specimen.Name} comes without data. Name a data set with --data."))[Read(part)];

    public static DataPart Read(string word) => word switch
    {
        "train" => DataPart.Train,
        "validation" => DataPart.Validation,
        _ => DataPart.Test,
    };
}
