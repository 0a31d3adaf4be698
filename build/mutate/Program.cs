using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Golgi.Mutate;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

// Changes the library in one small place after another and asks whether a test notices (mutation testing: DeMillo, Lipton and Sayward,
// 1978). The tests must have been built. Nothing outside tests/Golgi.Tests/obj/mutate is written.
const string Usage = "usage: ./check --mutate [FOLDER of src/Golgi ...] [--sample 300] [--seed golgi] [--threshold .8] [--patience 20]";
var folders = new List<string>();
int sample = 300;
string seed = "golgi", root = Directory.GetCurrentDirectory();
double threshold = .8, patience = 20;
for (int at = 0; at < args.Length; at++)
{
    if (!args[at].StartsWith("--", StringComparison.Ordinal))
    {
        folders.Add(args[at].Trim('/'));
        continue;
    }

    string value = at + 1 < args.Length ? args[at + 1] : "";
    bool number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double read);
    switch (args[at++])
    {
        case "--sample" when number && read >= 1: sample = (int)read; break;
        case "--seed" when value != "": seed = value; break;
        case "--threshold" when number: threshold = read; break;
        case "--patience" when number: patience = read; break;
        case "--root" when value != "": root = Path.GetFullPath(value); break;
        default:
            Console.Error.WriteLine($"mutate: '{args[at - 1]} {value}' is not understood; {Usage}");
            return 2;
    }
}

if (folders.Count == 0)
{
    folders.AddRange(["Numerics/Statistics", "Weights", "Training", "Instruments/Similarity", "Instruments/Dimension", "Instruments/Tickets"]);
}

string source = Path.Combine(root, "src", "Golgi"), built = Path.Combine(root, "tests", "Golgi.Tests", "bin", "Release", "net10.0");
if (folders.Find(folder => !Directory.Exists(Path.Combine(source, folder))) is { } missing)
{
    Console.Error.WriteLine($"mutate: src/Golgi has no folder '{missing}'; {Usage}");
    return 2;
}

// All sites, in the order of the draw.
var library = Library.Load(source);
var trees = library.Compilation.SyntaxTrees.ToDictionary(tree => tree.FilePath);
var draws = folders.ToDictionary(folder => folder, folder =>
{
    string inside = Path.Combine(source, folder) + "/";
    var sites = trees.Values.Where(tree => tree.FilePath.StartsWith(inside, StringComparison.Ordinal)).SelectMany(tree =>
        new Sites(folder, Path.GetRelativePath(source, tree.FilePath), library.Compilation.GetSemanticModel(tree)).List());
    return sites.OrderBy(site => site.Rank(seed), StringComparer.Ordinal).ToList();
});

// As many from each folder's front as compile together.
var refused = new HashSet<Site>();
Site[] chosen;
var image = new MemoryStream();
while (true)
{
    chosen = [.. folders.SelectMany(folder => draws[folder].Where(site => !refused.Contains(site)).Take(sample))];
    var numbered = chosen.Select((site, id) => (Id: id, Site: site)).ToLookup(one => one.Site.Node);
    var parse = (CSharpParseOptions)trees.Values.First().Options;
    var changed = library.Compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Schemata.Switch, parse, "Mutants.cs"));
    foreach (var tree in chosen.Select(site => site.Node.SyntaxTree).Distinct())
    {
        changed = changed.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(new Schemata(numbered).Visit(tree.GetRoot())!, tree.Options));
    }

    image.SetLength(0);
    var errors = library.Emit(changed, image);
    if (errors.Count == 0) break;
    int before = refused.Count;
    foreach (var error in errors)
    {
        var here = error.Location.SourceTree!.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true);
        var guilty = Marked(here.AncestorsAndSelf()).Take(1).ToArray();
        if (guilty.Length == 0) // the error stands elsewhere, as for a variable that is no longer set
        {
            var member = here.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? here;
            var all = Marked(member.DescendantNodes()).ToArray();
            guilty = [.. all.Where(id => chosen[id].Kind == "statement")];
            if (guilty.Length == 0) guilty = all;
        }

        refused.UnionWith(guilty.Select(id => chosen[id]));
    }

    if (refused.Count == before) throw new InvalidOperationException(string.Join('\n', errors.Take(5)));
}

// A copy of the tests' folder by links, with the changed library in it.
string work = Path.Combine(root, "tests", "Golgi.Tests", "obj", "mutate"), copy = Path.Combine(work, "tests");
Directory.CreateDirectory(work);
if (Directory.Exists(copy)) Directory.Delete(copy, recursive: true);
using (var link = Process.Start("cp", ["-al", built, copy])) link.WaitForExit();
File.Delete(Path.Combine(copy, "Golgi.dll")); // not written in place: it is a link
File.WriteAllBytes(Path.Combine(copy, "Golgi.dll"), image.ToArray());

byte[] both = [.. image.ToArray(), .. File.ReadAllBytes(Path.Combine(built, "Golgi.Tests.dll"))];
string identity = $"{Convert.ToHexString(SHA256.HashData(both))} {patience}";
using var judge = new Judge(copy, Path.Combine(work, "found.txt"), patience);
judge.Continue(identity);
Console.WriteLine($"{chosen.Length} mutants, seed '{seed}', at most {sample} a folder");
judge.Cover(chosen.Length);

var rows = new List<string>();
bool enough = true;
foreach (var folder in folders)
{
    var clock = Stopwatch.StartNew();
    var mine = chosen.Select((site, id) => (Site: site, Id: id)).Where(one => one.Site.Folder == folder).ToArray();
    var counts = new Dictionary<string, int>();
    foreach (var (site, id) in mine)
    {
        var found = judge.Of(site, id);
        counts[found.Verdict] = counts.GetValueOrDefault(found.Verdict) + 1;
        if (found.Verdict is not ("survived" or "uncovered")) continue;
        Console.WriteLine($"{found.Verdict} src/Golgi/{site.Path}:{site.Line} {site.Kind}: {site.Change}");
    }

    int killed = counts.GetValueOrDefault("killed"), late = counts.GetValueOrDefault("timeout");
    double score = mine.Length == 0 ? 1 : (killed + late) / (double)mine.Length;
    enough &= score >= threshold;
    int errors = draws[folder].Count(refused.Contains);
    int survived = counts.GetValueOrDefault("survived"), uncovered = counts.GetValueOrDefault("uncovered");
    rows.Add($"{folder,-24} {draws[folder].Count,6} {mine.Length,6} {killed,6} {late,8} {survived,8} {uncovered,9} {errors,13} {score,6:F3}");
    Console.WriteLine($"{folder}: {score:F3} after {clock.Elapsed.TotalMinutes:F1} minutes");
}

Console.WriteLine("folder                    sites  drawn killed  timeout survived uncovered compile error  score");
rows.ForEach(Console.WriteLine);
if (!enough) Console.WriteLine($"a folder's score is below the threshold of {threshold}");
return enough ? 0 : 1;

static IEnumerable<int> Marked(IEnumerable<SyntaxNode> nodes) =>
    nodes.SelectMany(node => node.GetAnnotations(Schemata.Mark)).Select(mark => int.Parse(mark.Data!, CultureInfo.InvariantCulture));
