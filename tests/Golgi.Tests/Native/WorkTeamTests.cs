using Golgi.Native;
using Xunit;

namespace Golgi.Tests.Native;

public sealed class WorkTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_piece_is_done_once_before_the_region_ends(int threads)
    {
        using var team = WorkTeam.Open(threads);
        for (int region = 0; region < 200; region++)
        {
            int[] done = new int[37];
            team.Run(done.Length, i => Interlocked.Increment(ref done[i]));
            Assert.All(done, times => Assert.Equal(1, times));
        }
    }

    [Fact]
    public void A_second_team_works_alone_and_a_failing_piece_is_told()
    {
        using var first = WorkTeam.Open(3);
        int sum = 0;
        var other = new Thread(() =>
        {
            using var second = WorkTeam.Open(3);
            second.Run(10, i => sum += i); // one thread: no race
        });
        other.Start();
        other.Join();
        Assert.Equal(45, sum);
        Assert.Contains("piece 4", Assert.ThrowsAny<InvalidOperationException>(() => first.Run(8, i =>
        {
            if (i == 4) throw new InvalidOperationException("piece 4");
        })).Message);
    }
}
