namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What <see cref="JudgeJob"/> was answered.</summary>
/// <param name="Judge">The network that was asked.</param>
/// <param name="Size">Height and width in which it saw the pictures: <c>224x224</c>.</param>
/// <param name="Rows">Folder by folder.</param>
public sealed record JudgeResult(string Judge, string Size, IReadOnlyList<JudgedPictures> Rows);
