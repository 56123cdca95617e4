using OpenLmp.Api;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests;

public class AgentSessionTests
{
    [Fact]
    public async Task An_agent_that_does_not_read_loses_its_session_and_holds_nobody_up()
    {
        using var session = new AgentSession("slow", canTest: true, VerifyTransport.Payload, TimeSpan.FromSeconds(5));
        for (var i = 0; i < AgentSession.Capacity; i++) Assert.True(session.TryOrder(new AgentOrder(AgentOrderKind.Alive)));
        Assert.Null(session.Last);
        Assert.False(session.TryOrder(new AgentOrder(AgentOrderKind.Alive)));
        Assert.Equal($"it does not keep up: {AgentSession.Capacity} orders wait for it", session.Last!.Reason);

        // What waits is worth nothing any more: the next thing the agent reads is why.
        Assert.False(session.TryTake(out _));
        Assert.False(await session.WaitAsync());
        await Eventually.TrueAsync(() => session.Over.IsCancellationRequested && session.Cut.IsCancellationRequested, () => "its end");
    }

    [Fact]
    public void A_session_ends_for_the_first_reason()
    {
        using var session = new AgentSession("x", canTest: false, VerifyTransport.Payload, TimeSpan.FromSeconds(5));
        session.End("taken over", reconnect: false);
        session.End("closed");
        Assert.Equal(("taken over", false), (session.Last!.Reason, session.Last.Reconnect));
        Assert.False(session.TryOrder(new AgentOrder(AgentOrderKind.Alive)));
    }
}
