using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Golgi.Mutate;

/// <summary>One place of a source file and one change to it.</summary>
/// <param name="Folder">The folder, as the user named it.</param>
/// <param name="Path">The file, from the library's folder.</param>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Kind">Arithmetic, comparison, logic, constant, return, condition or statement.</param>
/// <param name="Change">Both forms, for people.</param>
/// <param name="Name">What stays the same when code around it moves: file name, member, text, change, and how many like it stand before.</param>
/// <param name="Node">The node to change.</param>
/// <param name="Changed">What stands there instead; for a statement null says that it goes.</param>
internal sealed record Site(
    string Folder, string Path, int Line, string Kind, string Change, string Name, SyntaxNode Node, SyntaxNode? Changed)
{
    /// <summary>Its place in the draw: the same for the same seed wherever the code has moved.</summary>
    public string Rank(string seed) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(seed + "\n" + Name)));
}
