// RFC 4204 §6, §7, §12.7
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Takes in what the neighbour says of a TE link's channels.</summary>
internal sealed class StatusReceiver(NodeContext node, TeLink teLink)
{
    private readonly Dictionary<Identifier, DataLink> _byRemoteId = [];
    private MessageIdMemory _order;
    private bool _indexed;

    /// <summary>Counts the messages taken in; each data link knows in which it was last spoken of.</summary>
    public long Heard { get; private set; }

    /// <summary>
    /// Takes in a ChannelStatus. RFC 4204 §7: one that is older than the last of the TE link still counts for the channels of which nothing newer
    /// has come.
    /// </summary>
    /// <returns>False: out of order, to be dropped silently.</returns>
    public bool Receive(Instant now, ChannelStatusMessage message)
    {
        var id = message.MessageId!.Value;
        var old = _order.IsOutOfOrder(id);
        Heard++;
        var (any, repeated) = (!old, false);
        ForEach(now, message.Objects, (link, state, tellsActive) =>
        {
            if (link.HeardIn != Heard)
            {
                // A repeated message is acknowledged again, or its sender would never come to rest; it has nothing new to say.
                repeated |= link.Order.IsRepeated(id);
                if (link.Order.IsOutOfOrder(id) || link.Order.IsRepeated(id)) return;
                link.Order.Remember(id);
                link.HeardIn = Heard;
                any = true;
            }

            link.HeardOf(state.Direction, Heard);
            link.Hear(now, state, tellsActive);
        });
        if (!any && !repeated) return false;
        if (!old) _order.Remember(id);
        return true;
    }

    /// <summary>
    /// Takes in a ChannelStatusResponse; what a ChannelStatus has told since it was asked for is passed over, each direction of a channel by itself.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="message">The message.</param>
    /// <param name="askedAt">What <see cref="Heard"/> was when it was asked for.</param>
    public void Receive(Instant now, ChannelStatusResponseMessage message, long askedAt) =>
        ForEach(now, message.ChannelStatuses, (link, state, tellsActive) =>
        {
            if (link.LastHeardOf(state.Direction) <= askedAt) link.Hear(now, state, tellsActive && link.HeardIn <= askedAt);
        });

    /// <summary>The data links that a request is about; null where it names none that is known.</summary>
    public IReadOnlyList<DataLink>? FindAsked(ChannelStatusRequestMessage message)
    {
        _indexed = false;
        var (asked, any) = (new HashSet<DataLink>(), false);
        foreach (var request in message.Requests)
        {
            foreach (var id in request.InterfaceIds)
            {
                any = true;
                // Zero is no request's business by RFC 4204 §13.14; in CHANNEL_STATUS it is the entire TE link.
                if (id.IsZero) return teLink.DataLinks;
                if (Find(id) is { } link) asked.Add(link);
            }
        }

        return !any ? teLink.DataLinks : asked.Count > 0 ? [.. asked] : null;
    }

    /// <summary>The adjacency was lost, or the neighbour restarted: its Message_Ids may start anywhere (RFC 4204 §7).</summary>
    public void ForgetReceived()
    {
        _order.Forget();
        foreach (var link in teLink.DataLinks) link.Order.Forget();
    }

    private void ForEach(Instant now, IEnumerable<LmpObject> objects, Action<DataLink, ChannelState, bool> hear)
    {
        _indexed = false;
        var unknown = false;
        foreach (var o in objects)
        {
            if (o is LinkGroupChannelStatus groups) ForEachMember(now, groups, hear);
            if (o is not ChannelStatusObject status) continue;
            if (status.IsWholeTeLink)
            {
                // §12.7.1: no Interface_Id at all says that the entire TE link has failed; of activation it says nothing.
                var tells = status.Channels.Count > 0;
                var state = tells ? status.Channels[0].State : new ChannelState(false, ChannelDirection.Receive, ChannelCondition.SignalFail);
                foreach (var link in teLink.DataLinks) hear(link, state, tells);
                continue;
            }

            foreach (var (id, state) in status.Channels)
            {
                if (Find(id) is { } link) hear(link, state, true);
                else unknown = true;
                node.Output.AtWork();
            }
        }

        if (unknown) node.Drop(teLink.Neighbor, DropReason.UnknownLink);
    }

    // RFC 4209 §2.4.1: "The correlation of data links to Group ID is made with the Link Group ID sub-object of the DATA_LINK object", in the
    // neighbour's LinkSummary. Of a group that spans TE links, the message speaks of those in its own.
    private void ForEachMember(Instant now, LinkGroupChannelStatus status, Action<DataLink, ChannelState, bool> hear)
    {
        if (!teLink.Neighbor.IsWdm)
        {
            node.Drop(teLink.Neighbor, DropReason.Unsupported);
            return;
        }

        var members = teLink.DataLinks
            .SelectMany(link => (link.RemoteProperties?.LinkGroups ?? []).Distinct(), (link, group) => (link, group))
            .ToLookup(m => m.group, m => m.link);
        var unknown = new SortedSet<uint>();
        foreach (var (group, state) in status.Groups)
        {
            List<DataLink> known = [.. group == LinkGroupId.AllDataLinks ? teLink.DataLinks : members[group]];
            List<(SignalState, SignalState)> before = [.. known.Select(SaidOf)];
            foreach (var link in known) hear(link, state, true);
            if (known.Count == 0) unknown.Add(group);
            else if (!before.SequenceEqual(known.Select(SaidOf))) node.Output.Tell(new LinkGroupTold(now, teLink, InWords(group, state, known.Count)));
        }

        if (unknown.Count == 0) return;
        node.Drop(teLink.Neighbor, DropReason.UnknownLink);
        node.Output.Tell(new LinkGroupUnknown(
            now, teLink,
            $"{teLink.Name}: {teLink.Neighbor.Name} tells the state of link group {string.Join(", ", unknown.Take(5))}{(unknown.Count > 5 ? ", ..." : "")}, "
            + "of which its LinkSummary names no data link; ignored"));
    }

    private static (SignalState Receives, SignalState Sends) SaidOf(DataLink link) => (link.RemoteSignal, link.LineSignal);

    private string InWords(uint group, ChannelState state, int links)
    {
        var which = group == LinkGroupId.AllDataLinks ? "of all data links" : $"of link group {group}";
        var what = state.Condition switch { ChannelCondition.SignalFail => "no usable signal", ChannelCondition.SignalDegrade => "a degraded signal", _ => "a good signal" };
        var direction = state.Direction == ChannelDirection.Transmit ? "sent" : "received";
        return $"{teLink.Name}: {teLink.Neighbor.Name} says {which} in one: {what} is {direction} on {links}";
    }

    // Remote ids change as verification learns them: the index is made anew when it misses, at most once for each message.
    private DataLink? Find(Identifier remoteId)
    {
        if (_byRemoteId.TryGetValue(remoteId, out var link) && link.RemoteId == remoteId && teLink.FindDataLink(link.LocalId) == link) return link;
        if (_indexed) return null;
        _indexed = true;
        _byRemoteId.Clear();
        foreach (var l in teLink.DataLinks)
            if (l.RemoteId is { } id) _byRemoteId[id] = l;
        return _byRemoteId.GetValueOrDefault(remoteId);
    }
}
