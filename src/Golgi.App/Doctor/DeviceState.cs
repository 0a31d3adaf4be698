namespace Golgi.App.Doctor;

/// <summary>One device.</summary>
/// <param name="Name">For <c>--device</c>.</param>
/// <param name="Description">What it is.</param>
internal sealed record DeviceState(string Name, string Description);
