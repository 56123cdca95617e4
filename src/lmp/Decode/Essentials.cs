using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>
/// What a message says, in the few words that fit a line. The order is that of the words, not of the objects: who (cc, node), which message
/// (msg, acks), about what (te, interface, verify), and then what it says about it.
/// </summary>
internal static class Essentials
{
    // Longer lists are for -v; a line is for finding the message.
    private const int MaxListed = 4;

    /// <summary>Appends the words, each with a space before it.</summary>
    public static void Write(Utf8Text to, LmpMessage message)
    {
        var parts = Parts.Of(message.Objects);
        if (message is UnknownMessage) to.Text(" (no RFC's type)"u8);
        Who(to, parts);
        AboutWhat(to, parts, message.Objects);
        var unknown = 0;
        foreach (var o in message.Objects)
        {
            if (o is UnknownObject u && ++unknown <= MaxListed) to.Text(", "u8).Text(u.Name).Text(" of "u8).Number((ulong)u.Length).Text(" bytes"u8);
            else Contents(to, o);
        }

        DataLinks(to, parts);
        ChannelStatusWords.Write(to, message);
    }

    private static void Who(Utf8Text to, in Parts parts)
    {
        if (parts.LocalCcid is { } cc) to.Text(" cc "u8).Number(cc.CcId);
        if (parts.LocalNodeId is { } node) to.Text(" node "u8).Text(node.NodeId.ToString());
        if (parts.MessageId is { } message) to.Text(" msg "u8).Number(message.Id);
        if (parts.MessageIdAck is { } ack) to.Text(" acks "u8).Number(ack.Id);
        if (parts.RemoteCcid is null && parts.RemoteNodeId is null) return;
        to.Text(" of"u8);
        if (parts.RemoteCcid is { } remoteCc) to.Text(" cc "u8).Number(remoteCc.CcId);
        if (parts.RemoteNodeId is { } remoteNode) to.Text(" node "u8).Text(remoteNode.NodeId.ToString());
    }

    private static void AboutWhat(Utf8Text to, in Parts parts, ValueList<LmpObject> objects)
    {
        if (parts.TeLink is { } te) Pair(to, " te "u8, te.LocalLinkId, te.RemoteLinkId);
        else Pair(to, " te "u8, parts.LocalLinkId?.LinkId, parts.RemoteLinkId?.LinkId);
        Pair(to, " interface "u8, parts.LocalInterfaceId?.InterfaceId, parts.RemoteInterfaceId?.InterfaceId);
        if (parts.LocalInterfaceIds > 1) FurtherInterfaces(to, objects, parts.LocalInterfaceIds);
        if (parts.VerifyId is { } verify) to.Text(" verify "u8).Number(verify.Id);
    }

    // TraceMismatch lists several.
    private static void FurtherInterfaces(Utf8Text to, ValueList<LmpObject> objects, int all)
    {
        var listed = 0;
        foreach (var o in objects)
            if (o is LocalInterfaceId id && ++listed is > 1 and <= MaxListed) to.Text(", "u8).Id(id.InterfaceId);
        if (all > MaxListed) to.Text(" and "u8).Number((ulong)(all - MaxListed)).Text(" more"u8);
    }

    private static void Pair(Utf8Text to, ReadOnlySpan<byte> word, Identifier? local, Identifier? remote)
    {
        if (local is null && remote is null) return;
        to.Text(word);
        if (local is { } l) to.Id(l);
        if (remote is { } r) to.Text("->"u8).Id(r);
    }

    private static void Contents(Utf8Text to, LmpObject o)
    {
        switch (o)
        {
            case DataLinkObject: // By far the most frequent, and counted elsewhere.
                break;
            case HelloConfig { HelloInterval: 0, HelloDeadInterval: 0 }:
                to.Text(" hello off"u8);
                break;
            case HelloConfig hello:
                to.Text(" hello "u8).Number(hello.HelloInterval).Text("/"u8).Number(hello.HelloDeadInterval).Text(" ms"u8);
                if (!hello.Negotiable) to.Text(" not negotiable"u8);
                break;
            case LmpWdmConfig wdm:
                to.Text(!wdm.Wdm ? " wdm none"u8 : wdm.Ols ? " wdm ols"u8 : " wdm peer"u8);
                break;
            case BehaviorConfig behavior:
                to.Text(" behavior "u8).Text(behavior.Behaviors == LmpBehaviors.None ? "none"u8 : ""u8)
                    .Text(behavior.Behaviors.HasFlag(LmpBehaviors.SonetSdhTrace) ? "S"u8 : ""u8)
                    .Text(behavior.Behaviors.HasFlag(LmpBehaviors.Dwdm) ? "D"u8 : ""u8)
                    .Text(behavior.Behaviors.HasFlag(LmpBehaviors.ConsistencyCheck) ? "C"u8 : ""u8);
                break;
            case HelloObject hello:
                to.Text(" tx "u8).Number(hello.TxSeqNum).Text(" rcv "u8).Number(hello.RcvSeqNum);
                break;
            case BeginVerifyObject begin:
                to.Text(", "u8).Number(begin.NumberOfDataLinks)
                    .Text(begin.Flags.HasFlag(BeginVerifyFlags.Ports) ? " ports every "u8 : " component links every "u8)
                    .Number(begin.VerifyInterval).Text(" ms over "u8).Text(VerifyTransports.InWords(begin.Transports, begin.Encoding));
                break;
            case BeginVerifyAckObject begin:
                to.Text(", dead after "u8).Number(begin.VerifyDeadInterval).Text(" ms over "u8)
                    .Text(VerifyTransports.InWords(begin.TransportResponse, encoding: null));
                break;
            case BeginVerifyError error:
                to.Text(": "u8).Text(BeginVerifyError.InWords(error.Errors));
                break;
            case LinkSummaryError error:
                to.Text(": "u8).Text(LinkSummaryError.InWords(error.Errors));
                break;
            case TraceError error:
                to.Text(": "u8).Text(TraceError.InWords(error.Errors));
                break;
            case ConfirmDataChannelStatusError error:
                to.Text(": "u8).Text(ConfirmDataChannelStatusError.InWords(error.Errors));
                break;
            case TraceObject trace:
                to.Text(" "u8).Text(TraceTypes.Name(trace.TraceType)).Text(" \""u8).Text(trace.Text).Text("\""u8);
                break;
            case TraceReqObject request:
                to.Text(" "u8).Text(TraceTypes.Name(request.TraceType));
                break;
        }
    }

    private static void DataLinks(Utf8Text to, in Parts parts)
    {
        if (parts.DataLinks == 0) return;
        to.Text(", "u8).Number((ulong)parts.DataLinks).Text(parts.DataLinks == 1 ? " data link"u8 : " data links"u8);
        if (parts.Allocated > 0) to.Text(", "u8).Number((ulong)parts.Allocated).Text(" allocated"u8);
        if (parts.Failed > 0) to.Text(", "u8).Number((ulong)parts.Failed).Text(" failed"u8);
    }

    /// <summary>The first object of each kind that names something, found in one pass.</summary>
    private struct Parts
    {
        public LocalCcid? LocalCcid;
        public RemoteCcid? RemoteCcid;
        public LocalNodeId? LocalNodeId;
        public RemoteNodeId? RemoteNodeId;
        public MessageId? MessageId;
        public MessageIdAck? MessageIdAck;
        public LocalLinkId? LocalLinkId;
        public RemoteLinkId? RemoteLinkId;
        public TeLinkObject? TeLink;
        public LocalInterfaceId? LocalInterfaceId;
        public RemoteInterfaceId? RemoteInterfaceId;
        public VerifyId? VerifyId;
        public int LocalInterfaceIds;
        public int DataLinks;
        public int Allocated;
        public int Failed;

        public static Parts Of(ValueList<LmpObject> objects)
        {
            var parts = default(Parts);
            foreach (var o in objects)
            {
                if (o is DataLinkObject link) parts.Count(link.Flags);
                else parts.Take(o);
            }

            return parts;
        }

        private void Count(DataLinkFlags flags)
        {
            DataLinks++;
            if (flags.HasFlag(DataLinkFlags.Allocated)) Allocated++;
            if (flags.HasFlag(DataLinkFlags.Failed)) Failed++;
        }

        private void Take(LmpObject o)
        {
            switch (o)
            {
                case LocalCcid x: LocalCcid ??= x; break;
                case RemoteCcid x: RemoteCcid ??= x; break;
                case LocalNodeId x: LocalNodeId ??= x; break;
                case RemoteNodeId x: RemoteNodeId ??= x; break;
                case MessageId x: MessageId ??= x; break;
                case MessageIdAck x: MessageIdAck ??= x; break;
                case LocalLinkId x: LocalLinkId ??= x; break;
                case RemoteLinkId x: RemoteLinkId ??= x; break;
                case TeLinkObject x: TeLink ??= x; break;
                case RemoteInterfaceId x: RemoteInterfaceId ??= x; break;
                case VerifyId x: VerifyId ??= x; break;
                case LocalInterfaceId x:
                    LocalInterfaceId ??= x;
                    LocalInterfaceIds++;
                    break;
            }
        }
    }
}
