namespace Golgi.Native;

/// <summary>What became of one repair.</summary>
/// <param name="Repair">Which.</param>
/// <param name="State">Whether it is done.</param>
/// <param name="Text">What was found or done, in words.</param>
public sealed record NativeRepairOutcome(NativeRepair Repair, NativeRepairState State, string Text);
