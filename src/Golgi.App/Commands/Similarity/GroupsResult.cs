using Golgi.Instruments.Similarity.Studies;

namespace Golgi.App.Commands.Similarity;

/// <summary>What <c>golgi similarity groups</c> prints.</summary>
internal sealed record GroupsResult(IReadOnlyList<GroupMember> Networks, GroupSimilarity Similarity);
