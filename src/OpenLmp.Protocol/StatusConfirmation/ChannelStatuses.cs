// RFC 5818 §5.2, §5.3: data channel statuses as DATA_LINK objects.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>What a node tells of its data channels. Pure.</summary>
public static class ChannelStatuses
{
    /// <summary>Bytes of the ConfirmDataChannelStatus that one data link needs; above <see cref="CommonHeader.MaxMessageLength"/> it cannot be sent.</summary>
    public static int EncodedLength(DataLinkConfiguration link, Identifier teLinkId)
    {
        ArgumentNullException.ThrowIfNull(link);
        return EmptyLength(teLinkId) + Object(link, link.LocalId, DataLinkFlags.None, Labels(link)).Length;
    }

    /// <summary>
    /// A data link's status, which all of its data channels share: a link is allocated as a whole. One whose signal failed cannot be used either
    /// (RFC 5818 §3.3).
    /// </summary>
    internal static DataLinkFlags Status(DataLink link) =>
        (link.Allocated ? DataLinkFlags.Allocated : 0) | (link.SettledSignal == SignalState.Fail ? DataLinkFlags.Failed : 0);

    /// <summary>The labels of a data link's data channels, as this node knows them.</summary>
    internal static IReadOnlyList<DataChannelLabel> Labels(DataLinkConfiguration link) =>
        link.Channels.Count > 0 ? link.Channels : [DataChannelLabel.Of(link.LocalId)];

    /// <summary>The DATA_LINK that tells the status of a data link's data channels.</summary>
    /// <param name="link">The data link.</param>
    /// <param name="remoteId">The neighbour's Interface_Id.</param>
    /// <param name="labels">The labels, in the context of the node that asks (RFC 5818 §5.2).</param>
    internal static DataLinkObject Tell(DataLink link, Identifier remoteId, IEnumerable<DataChannelLabel> labels) =>
        Object(link.Configuration, remoteId, Status(link), labels);

    /// <summary>
    /// Which data links go together into one message each. A data link is never split: the answers to two messages could not be told from two
    /// views of the same link.
    /// </summary>
    internal static Queue<List<DataLink>> Split(TeLink teLink)
    {
        var parts = new Queue<List<DataLink>>();
        var room = -1;
        foreach (var link in teLink.DataLinks)
        {
            if (link.RemoteId is not { } remoteId) continue;
            var length = Object(link.Configuration, remoteId, DataLinkFlags.None, Labels(link.Configuration)).Length;
            if ((room -= length) < 0)
            {
                parts.Enqueue([]);
                room = CommonHeader.MaxMessageLength - EmptyLength(teLink.LocalId) - length;
            }

            parts.Last().Add(link);
        }

        return parts;
    }

    private static int EmptyLength(Identifier teLinkId) => new ConfirmDataChannelStatusMessage(teLinkId, 0).EncodedLength;

    private static DataLinkObject Object(DataLinkConfiguration link, Identifier remoteId, DataLinkFlags flags, IEnumerable<DataChannelLabel> labels)
    {
        var status = flags == DataLinkFlags.None ? DataChannelStatus.Free : DataChannelStatus.InUse;
        return new DataLinkObject(flags | (link.Port ? DataLinkFlags.Port : 0), link.LocalId, remoteId,
            [.. labels.Select(l => new DataChannelStatusSubobject(status, l.Bytes))]);
    }
}
