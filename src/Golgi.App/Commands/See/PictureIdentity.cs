using System.CommandLine;
using System.Text.Json.Nodes;
using Golgi.App.Commands.Options;
using Golgi.Foundation;
using Golgi.Networks;
using Golgi.Runs;

namespace Golgi.App.Commands.See;

/// <summary>What the pictures of a call depend on: the options given, the files that they name, the network's weights, the data.</summary>
internal static class PictureIdentity
{
    /// <summary>Describes a call.</summary>
    /// <param name="method">Which of the things that the call makes, if it makes several.</param>
    /// <param name="regardless">Options that do not count, beside those that say where things lie and what is printed.</param>
    public static RunConfiguration Of(Session session, Specimen specimen, string? method, params Option[] regardless)
    {
        Option[] left = [CommonOptions.Out, CommonOptions.Json, CommonOptions.Quiet, CommonOptions.DataDir, .. regardless];
        var given = new JsonObject();
        foreach (var (name, words) in session.Given(left))
        {
            given[name.TrimStart('-')] = new JsonArray([.. words.Select(Marked)]);
        }

        return new RunConfiguration($"pictures-{session.CommandName}", specimen.Name, new JsonObject
        {
            ["given"] = given,
            ["method"] = method,
            ["weights"] = Checkpoint.DigestOf(specimen.Network),
            ["data"] = specimen.Data?.Identity,
        });

        static JsonNode Marked(string word) => File.Exists(word) ? $"{word} {Digest.OfFile(word)}" : word;
    }
}
