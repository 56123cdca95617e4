namespace OpenLmp.Protocol.Tests.ControlChannels;

internal static class ArrowAssertions
{
    /// <summary>
    /// Does what makes an arrow of Figure 3 happen, and checks that exactly this arrow was taken first. <paramref name="expected"/> reads
    /// <c>Up>Active</c>; an arrow back to the same state is told by nobody: the test has to show its effect otherwise.
    /// </summary>
    public static void Takes(this Duel duel, string expected, Action act)
    {
        duel.Node.Events.Clear();
        var from = duel.State;
        act();
        var states = expected.Split('>');
        Assert.Equal(states[0], from.ToString());
        if (states[0] == states[1]) Assert.Empty(duel.Changes);
        else Assert.Equal(expected, duel.Changes.First());
        Assert.Equal(states[1], duel.State.ToString());
        Assert.Equal(duel.State == ControlChannelState.Up, duel.Channel.Reason.Length == 0);
    }
}
