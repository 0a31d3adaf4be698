namespace Golgi.Instruments.Similarity.Studies;

/// <summary>Two groups of networks: how good they are, and how alike.</summary>
/// <param name="Networks">All networks, the first group's before the second's.</param>
/// <param name="Similarity">Layer by layer, within the groups and between them.</param>
public sealed record GroupsResult(IReadOnlyList<GroupMember> Networks, GroupSimilarity Similarity);
