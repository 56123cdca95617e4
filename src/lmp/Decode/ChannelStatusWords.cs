// RFC 4204 §12.7, §13.13, §13.14; RFC 4209 §2.4.1
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>The states of channels on a line: each one where there are few, otherwise how many of each kind.</summary>
internal static class ChannelStatusWords
{
    private const int MaxListed = 4;

    /// <summary>Appends the words, if the message has such objects.</summary>
    public static void Write(Utf8Text to, LmpMessage message)
    {
        var entries = 0;
        var objects = 0;
        foreach (var o in message.Objects)
        {
            switch (o)
            {
                case ChannelStatusObject status:
                    objects++;
                    entries += status.Channels.Count;
                    break;
                case LinkGroupChannelStatus groups:
                    objects++;
                    entries += groups.Groups.Count;
                    break;
                case ChannelStatusRequestObject request:
                    Requested(to, request);
                    break;
            }
        }

        if (message.Type == MessageType.ChannelStatusRequest && message.Find<ChannelStatusRequestObject>() is null) to.Text(", all channels"u8);
        if (objects == 0) return;
        if (entries == 0) to.Text(", the whole TE link failed"u8);
        else if (entries <= MaxListed) Each(to, message.Objects);
        else Counts(to, message.Objects, entries);
    }

    private static void Requested(Utf8Text to, ChannelStatusRequestObject request)
    {
        var listed = Math.Min(MaxListed, request.InterfaceIds.Count);
        for (var i = 0; i < listed; i++) to.Text(i == 0 ? " channels "u8 : ", "u8).Id(request.InterfaceIds[i]);
        if (request.InterfaceIds.Count > listed) to.Text(" and "u8).Number((ulong)(request.InterfaceIds.Count - listed)).Text(" more"u8);
    }

    private static void Each(Utf8Text to, ValueList<LmpObject> objects)
    {
        foreach (var o in objects)
        {
            if (o is ChannelStatusObject status)
            {
                foreach (var channel in status.Channels)
                {
                    if (channel.InterfaceId.IsZero) to.Text(", the whole TE link "u8);
                    else to.Text(", "u8).Id(channel.InterfaceId).Text(" "u8);
                    State(to, channel.State.Condition, channel.State.Direction);
                }
            }
            else if (o is LinkGroupChannelStatus groups)
            {
                foreach (var group in groups.Groups)
                {
                    to.Text(", group "u8).Number(group.LinkGroupId).Text(" "u8);
                    State(to, group.State.Condition, group.State.Direction);
                }
            }
        }
    }

    private static void Counts(Utf8Text to, ValueList<LmpObject> objects, int entries)
    {
        // By condition, any that is not defined as 0, and direction.
        Span<int> counts = stackalloc int[8];
        counts.Clear();
        foreach (var o in objects)
        {
            if (o is ChannelStatusObject status)
            {
                foreach (ref readonly var channel in status.Channels.Span) counts[Kind(channel.State)]++;
            }
            else if (o is LinkGroupChannelStatus groups)
            {
                foreach (var group in groups.Groups) counts[Kind(group.State)]++;
            }
        }

        to.Text(", "u8).Number((ulong)entries).Text(" channels:"u8);
        var first = true;
        // Failed, degraded and undefined before what is in order: the order people look for.
        foreach (var condition in (ReadOnlySpan<ChannelCondition>)[ChannelCondition.SignalFail, ChannelCondition.SignalDegrade, 0, ChannelCondition.SignalOkay])
        {
            foreach (var direction in (ReadOnlySpan<ChannelDirection>)[ChannelDirection.Receive, ChannelDirection.Transmit])
            {
                var count = counts[Kind(new ChannelState(false, direction, condition))];
                if (count == 0) continue;
                to.Text(first ? " "u8 : ", "u8).Number((ulong)count).Text(" "u8);
                State(to, condition, direction);
                first = false;
            }
        }
    }

    private static int Kind(ChannelState state) =>
        (state.Condition <= ChannelCondition.SignalFail ? (int)state.Condition : 0) + (state.Direction == ChannelDirection.Transmit ? 4 : 0);

    private static void State(Utf8Text to, ChannelCondition condition, ChannelDirection direction)
    {
        to.Text(condition switch
        {
            ChannelCondition.SignalOkay => "OK"u8,
            ChannelCondition.SignalDegrade => "SD"u8,
            ChannelCondition.SignalFail => "SF"u8,
            _ => "undefined"u8,
        });
        // What the sender receives is what such messages are about; the other direction is the exception.
        if (direction == ChannelDirection.Transmit) to.Text(" transmit"u8);
    }
}
