// RFC 4204 §15, §16: what no check of LMP's own can tell from the neighbour. docs/security.md says so; these tests keep it honest.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelState;

namespace OpenLmp.Protocol.Tests.Attacks;

/// <summary>Somebody who sends in the neighbour's name, past interface and gtsm, and hears the two. Only IPsec stops him.</summary>
public class OnPathTests
{
    [Fact]
    public void A_newer_Config_negotiates_the_channel_anew()
    {
        var duel = Duel.In(Up);
        duel.Peer.SayConfig(id: 100_000);
        Assert.Equal(["Up>Active"], duel.Changes);
    }

    [Fact]
    public void A_Hello_with_the_right_numbers_takes_the_channel_down()
    {
        var duel = Duel.In(Up);
        duel.Peer.SayHello(1, 1, HeaderFlags.ControlChannelDown);
        Assert.Equal(Down, duel.State);
    }

    [Fact]
    public void The_last_Hello_again_and_again_keeps_the_channel_up_without_the_neighbour()
    {
        // Several Hellos of the neighbour may carry the same numbers (RFC 4204 §13.7): a repeated one is valid.
        var duel = Duel.In(Up);
        for (var i = 0; i < 100; i++)
        {
            duel.RunMs(400);
            duel.Peer.SayHello(1, 1);
        }

        Assert.Equal(Up, duel.State);
        duel.RunMs(501);
        Assert.NotEqual(Up, duel.State);
    }
}
