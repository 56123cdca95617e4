// RFC 4204 §16; RFC 5082: from elsewhere, as fast as one core can.
using OpenLmp.Protocol;
using OpenLmp.Wire;
using Xunit.Abstractions;

namespace OpenLmp.Hosting.Tests.Attacks;

/// <summary>Floods of strangers, and of those who say that they are the neighbour.</summary>
[Collection(AttackCollection.Name)]
public class FloodTests(ITestOutputHelper output)
{
    private const int Packets = 300_000;
    // In IPv6, where a checksum is needed, and what is new is the way in.
    private const int IPv6Packets = 100_000;

    [NamespaceTheory]
    [InlineData(false, Packets)]
    [InlineData(true, IPv6Packets)]
    public async Task A_flood_of_strangers_changes_nothing_and_each_is_counted(bool isIPv6, int packets)
    {
        await using var field = await Battlefield.LayAsync(isIPv6: isIPv6);
        var hello = new HelloMessage(1, 5, 5) { Flags = HeaderFlags.ControlChannelDown }.Encode();
        var damage = await field.AttackAsync(field.Attacker, packets, (i, ref packet, payload) =>
        {
            packet.Source = field.AttackerAt;
            packet.Length = Put(hello, payload);
        });
        damage.Tell(output, $"flood of Hellos from a stranger{Family(isIPv6)}");
        damage.IsNone();
        Assert.Equal(damage.TurnedAway, damage.Dropped(DropReason.UnknownSource));
        Assert.NotEqual(0, damage.TurnedAway);
    }

    [NamespaceTheory]
    [InlineData(false, Packets)]
    [InlineData(true, IPv6Packets)]
    public async Task A_flood_from_addresses_without_number_leaves_nothing_behind(bool isIPv6, int packets)
    {
        await using var field = await Battlefield.LayAsync(wildcard: true, isIPv6: isIPv6);
        var messages = new byte[][] { Forgeries.Config(1), Forgeries.Status(1), new byte[1_400], [1] };
        var first = NetworkAddress.From(System.Net.IPAddress.Parse(isIPv6 ? "2001:db8::" : "11.0.0.0")).Value;
        var damage = await field.AttackAsync(field.Attacker, packets, (i, ref packet, payload) =>
        {
            // Each a new one, in IPv6 each in another network.
            packet.Source = new NetworkEndpoint(new NetworkAddress(isIPv6, first + ((UInt128)i << (isIPv6 ? 64 : 0))), (ushort)i);
            packet.Length = Put(messages[i % messages.Length], payload);
        });
        damage.Tell(output, $"flood from {packets} addresses{Family(isIPv6)}");
        damage.IsNone();
        Assert.Equal(damage.TurnedAway, damage.Dropped(DropReason.UnknownSource));
        Assert.NotEqual(0, damage.TurnedAway);
    }

    [NamespaceTheory]
    [InlineData(false, Packets)]
    [InlineData(true, IPv6Packets)]
    public async Task With_gtsm_nothing_said_in_the_neighbours_name_from_over_a_router_counts(bool isIPv6, int packets)
    {
        await using var field = await Battlefield.LayAsync(gtsm: true, isIPv6: isIPv6);
        // Even what it heard the neighbour say, and what the neighbour will say next.
        Assert.NotEmpty(field.Overheard);
        var messages = Forgeries.All().Concat(field.Overheard).ToArray();
        var damage = await field.AttackAsync(field.Attacker, packets, InNeighborsName(field, messages));
        damage.Tell(output, $"everything in the neighbour's name, over a router, gtsm: true{Family(isIPv6)}");
        damage.IsNone();
        Assert.Equal(damage.TurnedAway, damage.Dropped(DropReason.HopLimit));
        Assert.NotEqual(0, damage.TurnedAway);
    }

    [NamespaceFact]
    public async Task With_an_interface_nothing_said_in_the_neighbours_name_on_another_one_counts()
    {
        foreach (var wildcard in (bool[])[false, true])
        {
            await using var field = await Battlefield.LayAsync(onInterface: "eth0", wildcard: wildcard);
            // From next door, so that the TTL is 255.
            var damage = await field.AttackAsync(field.Router, Packets / 5, InNeighborsName(field, Forgeries.All()));
            damage.Tell(output, $"everything in the neighbour's name, on another interface, interface: eth0{(wildcard ? ", listen: 0.0.0.0" : "")}");
            damage.IsNone();
            // A socket that is bound to eth0 does not even see it.
            Assert.Equal(wildcard, damage.TurnedAway > 0);
            Assert.Equal(damage.TurnedAway, damage.Dropped(DropReason.UnknownSource));
        }
    }

    [NamespaceTheory]
    [InlineData(false, Packets)]
    [InlineData(true, IPv6Packets)]
    public async Task A_flood_in_the_neighbours_name_costs_no_control_channel(bool isIPv6, int packets)
    {
        await using var field = await Battlefield.LayAsync(isIPv6: isIPv6);
        // From now on, well beyond what is let in; and 1,400 octets of what is.
        var damage = await field.AttackAsync(field.Attacker, packets, InNeighborsName(field, [new LinkSummaryAckMessage(7).Encode(), Forgeries.Garbage]));
        damage.Tell(output, $"flood of other messages in the neighbour's name{Family(isIPv6)}");
        damage.IsNone();
        Assert.NotEqual(0, damage.Dropped(DropReason.RateLimited));
    }

    [NamespaceFact]
    public async Task Fragments_that_never_become_a_datagram_change_nothing()
    {
        await using var field = await Battlefield.LayAsync();
        var damage = await field.AttackAsync(field.Attacker, Packets / 5, (i, ref packet, payload) =>
        {
            packet.Source = field.NeighborAt;
            packet.Identification = (ushort)i;
            packet.MoreFragments = true;
            packet.Length = 1_400 - 8;
            payload[..packet.Length].Fill((byte)i);
        });
        damage.Tell(output, "fragments without their rest, in the neighbour's name");
        damage.IsNone();
    }

    internal static Forge InNeighborsName(Battlefield field, IReadOnlyList<byte[]> messages) => (i, ref packet, payload) =>
    {
        packet.Source = field.NeighborAt;
        packet.Length = Put(messages[i % messages.Count], payload);
    };

    private static string Family(bool isIPv6) => isIPv6 ? ", IPv6" : "";

    private static int Put(byte[] message, Span<byte> payload)
    {
        message.CopyTo(payload);
        return message.Length;
    }
}
