namespace Golgi.App.Commands.Similarity;

/// <summary>One network of a group.</summary>
/// <param name="Group">Which group.</param>
/// <param name="Network">Its name.</param>
/// <param name="TrainAccuracy">On the examples that it was trained on, with the labels that it was trained on.</param>
/// <param name="TestAccuracy">On the test set.</param>
internal sealed record GroupMember(string Group, string Network, double TrainAccuracy, double TestAccuracy);
