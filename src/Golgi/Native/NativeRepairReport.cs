namespace Golgi.Native;

/// <summary>What <see cref="NativeRepairs"/> did in this process.</summary>
/// <param name="Outcomes">Of every repair, in the order of <see cref="NativeRepair"/>.</param>
public sealed record NativeRepairReport(IReadOnlyList<NativeRepairOutcome> Outcomes)
{
    /// <summary>What became of one repair.</summary>
    public NativeRepairOutcome this[NativeRepair repair] => Outcomes[(int)repair];

    internal NativeRepairReport With(NativeRepairOutcome outcome) =>
        new([.. Outcomes.Select(known => known.Repair == outcome.Repair ? outcome : known)]);
}
