namespace Golgi.Instruments.Synthesis.Studies;

/// <summary>What <see cref="AuditJob"/> found.</summary>
/// <param name="Shortcuts">Classes and parts of the picture that decide by themselves.</param>
/// <param name="Findings">The twelve of the greatest excess, that first.</param>
/// <param name="ClassNames">What classes are called; may be empty.</param>
public sealed record AuditResult(int Shortcuts, IReadOnlyList<ShortcutFinding> Findings, IReadOnlyList<string> ClassNames);
