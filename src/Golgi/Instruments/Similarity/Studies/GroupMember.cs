namespace Golgi.Instruments.Similarity.Studies;

/// <summary>One network of a group.</summary>
/// <param name="Group">Which group: <c>first</c> or <c>second</c>.</param>
/// <param name="Network">Its name.</param>
/// <param name="TrainAccuracy">On the examples that it was trained on, with the labels that it was trained on, in [0, 1].</param>
/// <param name="TestAccuracy">On the test set, in [0, 1].</param>
public sealed record GroupMember(string Group, string Network, double TrainAccuracy, double TestAccuracy);
