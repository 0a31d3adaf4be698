namespace Golgi.App.Commands.Similarity;

/// <summary>What accompanies the values of a grid.</summary>
internal enum Companions
{
    All,
    Formula,
}
