// Any bytes, from anywhere: nothing throws, and states change only as the RFC's rules have it.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.ControlChannels;

public class HostileInputTests
{
    private static readonly ControlChannelState[] States = Enum.GetValues<ControlChannelState>();

    public static TheoryData<ControlChannelState> AllStates() => [.. States];

    [Theory, MemberData(nameof(AllStates))]
    public void Random_bytes_change_nothing(ControlChannelState state)
    {
        var random = new Random(4204 + (int)state);
        var duel = Duel.In(state);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(64)];
            random.NextBytes(bytes);
            // Half of them with a header that is right.
            if (i % 2 == 0 && bytes.Length >= 8) (bytes[0], bytes[2], bytes[3], bytes[4], bytes[5]) = (0x10, 0, (byte)random.Next(40), 0, (byte)bytes.Length);
            if (LmpMessage.TryDecode(bytes, out _, out _)) continue;
            duel.Peer.Say(bytes);
        }

        Assert.Equal(state, duel.State);
        Assert.Empty(duel.Node.Events);
        Assert.True(duel.Dropped(DropReason.Malformed) > 1_000);
    }

    [Theory, MemberData(nameof(AllStates))]
    public void Mutated_messages_move_the_channel_only_along_arrows_their_type_may_take(ControlChannelState state)
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random((seed * 10) + (int)state);
            // Only a loser of contentions gets to ConfRcv as an active channel, and only an active one to ConfSnd.
            var (weaker, active) = (seed % 3 == 0, state switch { ConfSnd => true, ConfRcv => seed % 3 != 0, _ => seed % 2 == 0 });
            var duel = Duel.In(state, active ? ControlChannelRole.Active : ControlChannelRole.Passive, weaker: weaker, links: seed % 5 == 0);
            if (state == Down && seed % 2 == 0) duel.Node.TransportUp();
            for (var i = 0; i < 250; i++)
            {
                var bytes = Mutate(random, Template(random, duel).Encode());
                duel.Node.Events.Clear();
                var before = duel.State;
                duel.Peer.Say(bytes);
                foreach (var e in duel.Node.Events.OfType<ControlChannelStateChanged>())
                    Assert.True(MayLead(bytes, e.From, e.To), $"seed {seed}: {Convert.ToHexString(bytes)} took {e.From} to {e.To}");

                if (duel.State == before && i % 10 == 0) duel.RunMs(random.Next(100));
                Assert.Equal(duel.State == Up, duel.Channel.Reason.Length == 0);
            }

            // It comes up again as if nothing had been.
            if (duel.Channel.AdminDown) duel.Lmp.ControlChannelUp(duel.Now, "b", 1);
            duel.Node.TransportUp();
            duel.Network.Run(TimeSpan.FromSeconds(200));
            duel.Peer.Hear();
            if (active && weaker)
            {
                ConfigMessage? config = null;
                duel.Network.RunUntil(() => (config = duel.Peer.Hear<ConfigMessage>().LastOrDefault()) is not null);
                duel.Peer.Acknowledge(config!);
            }
            else
            {
                duel.Peer.SayConfig(id: 1);
            }

            duel.Peer.SayHello(1, 0);
            Assert.Equal((seed, Up), (seed, duel.State));
        }
    }

    [Fact]
    public void Real_nodes_survive_a_network_that_changes_bytes()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var network = new VirtualNetwork { Recording = false };
            var a = network.Add(Configurations.A());
            var b = network.Add(Configurations.B());
            network.Filter = d =>
            {
                if (random.Next(4) != 0) return true;
                network.Inject(d with { Bytes = Mutate(random, d.Bytes) });
                return false;
            };
            network.Run(TimeSpan.FromMinutes(3));
            network.Filter = _ => true;
            // A mutated interval may have been agreed: it holds until it fails, at most 65 s later.
            network.RunUntil(() => a.Channel.State == Up && b.Channel.State == Up && a.TeLink.State == TeLinkState.Up && b.TeLink.State == TeLinkState.Up
                && a.Channel.HelloInterval == b.Channel.HelloInterval && a.Channel.HelloDeadInterval == b.Channel.HelloDeadInterval, $"up with seed {seed}", seconds: 180);
        }
    }

    private static bool MayLead(byte[] bytes, ControlChannelState from, ControlChannelState to)
    {
        // Hello is read by a decoder of its own, which looks at nothing but its two objects.
        if (Hello.TryDecode(bytes, out var hello, out _) && bytes[3] == (byte)MessageType.Hello)
            return hello.Flags.HasFlag(HeaderFlags.ControlChannelDown) ? to == Down : (from, to) is (Active, Up);
        if (!LmpMessage.TryDecode(bytes, out var message, out _)) return false;
        if (message.Flags.HasFlag(HeaderFlags.ControlChannelDown)) return to == Down;
        return message switch
        {
            ConfigMessage => (from, to) is (Down, ConfRcv) or (ConfSnd, Active or ConfRcv) or (ConfRcv, Active) or (Up, Active or ConfRcv) or (Active, ConfRcv),
            // Back to negotiation when it turns out that each end agreed to the other's Config.
            ConfigAckMessage => (from, to) is (ConfSnd, Active) or (Active or Up, ConfSnd),
            _ => false,
        };
    }

    private static LmpMessage Template(Random random, Duel duel)
    {
        var (peer, us) = (duel.Peer, duel.Lmp.NodeId);
        HelloConfig hello = new((ushort)random.Next(300), (ushort)random.Next(1000)) { Negotiable = random.Next(2) == 0 };
        LmpMessage message = random.Next(8) switch
        {
            0 => new ConfigMessage(peer.CcId, peer.NextMessageId++, peer.NodeId, hello),
            1 => new ConfigMessage(peer.CcId, peer.NextMessageId - (uint)random.Next(3), peer.NodeId, hello, new BehaviorConfig(LmpBehaviors.Dwdm), new LmpWdmConfig(true, false)),
            2 => new ConfigAckMessage(peer.CcId, peer.NodeId, 1, (uint)random.Next(98, 110), us),
            3 => new ConfigNackMessage(peer.CcId, peer.NodeId, 1, (uint)random.Next(98, 110), us, hello),
            4 => new LinkSummaryAckMessage((uint)random.Next(98, 110)),
            _ => new HelloMessage(peer.CcId, duel.Channel.RcvSeqNum + (uint)random.Next(2), duel.Channel.TxSeqNum - (uint)random.Next(2)),
        };
        return message with { Flags = (HeaderFlags)(random.Next(12) == 0 ? random.Next(4) : 0) };
    }

    private static byte[] Mutate(Random random, byte[] original)
    {
        var bytes = (byte[])original.Clone();
        switch (random.Next(6))
        {
            case 0: return bytes;
            case 1: Array.Resize(ref bytes, random.Next(bytes.Length + 8)); break;
            case 2: bytes[random.Next(bytes.Length)] = (byte)random.Next(256); break;
            case 3: bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); break;
            case 4: for (var i = random.Next(4); i >= 0; i--) bytes[random.Next(8, bytes.Length)] = (byte)random.Next(256); break;
            default: (bytes[^4], bytes[^3], bytes[^2], bytes[^1]) = (0, 0, 0, (byte)random.Next(3)); break;
        }

        // With a length that is right, the objects are what is looked at.
        if (random.Next(2) == 0 && bytes.Length >= 8) (bytes[4], bytes[5]) = ((byte)(bytes.Length >> 8), (byte)bytes.Length);
        return bytes;
    }
}
