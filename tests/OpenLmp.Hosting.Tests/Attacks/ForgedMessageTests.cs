// RFC 4204 §3.2.2, §3.2.3, §5, §7: over a real network, in the neighbour's name, without gtsm.
using OpenLmp.Protocol;
using OpenLmp.Wire;
using Xunit.Abstractions;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>Forged and replayed messages.</summary>
[Collection(AttackCollection.Name)]
public class ForgedMessageTests(ITestOutputHelper output)
{
    [NamespaceFact]
    public async Task Guessed_numbers_change_nothing()
    {
        await using var field = await Battlefield.LayAsync();
        // Every batch guesses others: 5,000 times the messages of one guess.
        var guesses = Forgeries.Guesses(0, 5_000).ToArray();
        var damage = await field.AttackAsync(field.Attacker, 200_000, FloodTests.InNeighborsName(field, guesses));
        damage.Tell(output, "guessed sequence numbers, Message_Ids and Verify_Ids in the neighbour's name");
        damage.IsNone();
        Assert.NotEqual(0, damage.Dropped(DropReason.SequenceNumber));
        Assert.NotEqual(0, damage.Dropped(DropReason.UnknownVerifyId));
        Assert.NotEqual(0, damage.Dropped(DropReason.StaleAnswer));
    }

    [NamespaceFact]
    public async Task Everything_the_neighbour_said_so_far_said_again_changes_nothing()
    {
        await using var field = await Battlefield.LayAsync();
        // Without the last Hello: repeated, it is as good as new (docs/security.md).
        var said = field.Overheard;
        var hellos = await field.Victim.ChannelAsync(c => c.RcvSeqNum);
        await Eventually.TrueAsync(async () => await field.Victim.ChannelAsync(c => c.RcvSeqNum) > hellos + 2, () => "newer Hellos");
        var types = said.Select(m => (MessageType)m[3]).Distinct().ToList();
        Assert.Contains(MessageType.Config, types);
        Assert.Contains(MessageType.LinkSummary, types);
        Assert.Contains(MessageType.BeginVerify, types);
        Assert.Contains(MessageType.TestStatusSuccess, types);
        var damage = await field.AttackAsync(field.Attacker, 200_000, FloodTests.InNeighborsName(field, said));
        damage.Tell(output, "a recorded session, replayed without end");
        damage.IsNone();
        Assert.NotEqual(0, damage.Dropped(DropReason.OutOfOrder));
        Assert.NotEqual(0, damage.Dropped(DropReason.SequenceNumber));
    }

    [NamespaceFact]
    public async Task Test_messages_with_guessed_Verify_Ids_on_a_data_link_change_nothing()
    {
        await using var field = await Battlefield.LayAsync();
        var damage = await field.TapAsync(20_000, (i, buffer) =>
            TestPacket.Write(buffer, 0x0A000002, new TestMessage(Identifier.Unnumbered(2_001), unchecked((uint)i * 0x9E37_79B9u)).Encode()));
        damage.Tell(output, "Test messages with guessed Verify_Ids on a data link");
        damage.IsNone();
        Assert.NotEqual(0, damage.Dropped(DropReason.UnknownVerifyId));
    }
}
