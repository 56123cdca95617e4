using OpenLmp.Protocol;
using OpenLmp.Protocol.Tests;
using OpenLmp.Wire;
using Xunit.Abstractions;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>What an attack did: how much of it there was, and the node before and after it.</summary>
internal sealed record Damage(int Sent, TimeSpan Time, Damage.Reading Before, Damage.Reading After)
{
    /// <summary>The node at a moment.</summary>
    internal sealed record Reading(string State, int Flaps, long Received, long[] Drops, long LookedAt, long NeighborHellos, long[] Late, long Faults, long Memory);

    /// <summary>Datagrams that got as far as the node and were turned away there, unread.</summary>
    public long TurnedAway => After.Received - Before.Received - (After.LookedAt - Before.LookedAt);

    public static async Task<Reading> ReadAsync(Battlefield field)
    {
        var late = new long[LatenessHistogram.Buckets];
        for (var i = 0; i < late.Length; i++) late[i] = field.Victim.Loop.Statistics.HelloLateness.Count(i);
        var neighborHellos = await field.Neighbor.Loop.InvokeAsync((n, _) => n.Counters.Sent(MessageType.Hello));
        return await field.Victim.Loop.InvokeAsync((n, _) => new Reading(
            NodePicture.Of(n), n.Neighbors.Sum(x => x.ControlChannels.Sum(c => c.Flaps)), field.Victim.Loop.Statistics.DatagramsReceived,
            [.. Enum.GetValues<DropReason>().Select(n.Counters.Dropped)], Enumerable.Range(0, MessageTypeRegistry.Highest + 1).Sum(t => n.Counters.Received((MessageType)t)), neighborHellos, late,
            field.Victim.Loop.Statistics.Faults, Memory.Retained()));
    }

    public long Dropped(DropReason reason) => After.Drops[(int)reason] - Before.Drops[(int)reason];

    /// <summary>No state changed, no control channel flapped, nothing failed, and nothing was kept.</summary>
    public void IsNone()
    {
        Assert.Equal(Before.State, After.State);
        Assert.Equal((0, Before.Faults), (After.Flaps, After.Faults));
        // What a million datagrams would have to leave behind, a few octets each, is more.
        Assert.InRange(After.Memory - Before.Memory, long.MinValue, 4 << 20);
    }

    /// <summary>Writes a row of docs/security.md: what was measured, which nothing asserts.</summary>
    public void Tell(ITestOutputHelper output, string attack)
    {
        var worst = Array.FindLastIndex(After.Late.Zip(Before.Late, (a, b) => a - b).ToArray(), count => count > 0);
        var bounds = LatenessHistogram.UpperBoundsMicroseconds;
        var late = worst < 0 ? "none due" : worst < bounds.Length ? $"{bounds[worst] / 1000.0} ms at most" : $"more than {bounds[^1] / 1000.0} ms";
        var drops = string.Join(", ", Enum.GetValues<DropReason>().Where(r => Dropped(r) > 0).Select(r => $"{r} {Dropped(r)}"));
        output.WriteLine(
            $"| {attack} | {Sent} in {Time.TotalSeconds:0.0} s, {After.Received - Before.Received} arrived | {(Before.State == After.State ? "none" : "SOME")} | {After.Flaps} "
            + $"| {late} | {drops} | {After.Memory - Before.Memory} bytes");
    }
}
