using OpenLmp.Wire;

namespace OpenLmp.Cli.Tests.Decode;

/// <summary>The line of every message type.</summary>
public class EssentialsTests
{
    private static readonly NodeId Node1 = new(0x0A000001);
    private static readonly NodeId Node2 = new(0x0A000002);
    private static readonly HelloConfig Hello150 = new(150, 500) { Negotiable = true };

    public static TheoryData<LmpMessage, string> Lines => new()
    {
        { new ConfigMessage(1, 17, Node1, Hello150), "Config cc 1 node 10.0.0.1 msg 17 hello 150/500 ms" },
        { new ConfigMessage(1, 17, Node1, new HelloConfig(150, 500)), "Config cc 1 node 10.0.0.1 msg 17 hello 150/500 ms not negotiable" },
        { new ConfigMessage(1, 17, Node1, new HelloConfig(0, 0), new LmpWdmConfig(true, true)), "Config cc 1 node 10.0.0.1 msg 17 hello off wdm ols" },
        { new ConfigMessage(1, 17, Node1, Hello150, new LmpWdmConfig(true, false), new BehaviorConfig(LmpBehaviors.SonetSdhTrace | LmpBehaviors.Dwdm | LmpBehaviors.ConsistencyCheck)),
            "Config cc 1 node 10.0.0.1 msg 17 hello 150/500 ms wdm peer behavior SDC" },
        { new ConfigMessage(1, 17, Node1, new LmpWdmConfig(false, false), new BehaviorConfig(LmpBehaviors.None)), "Config cc 1 node 10.0.0.1 msg 17 wdm none behavior none" },
        { new ConfigMessage(1, 17, Node1, new UnknownObject(ObjectClass.Config, 9, [1, 2, 3, 4])), "Config cc 1 node 10.0.0.1 msg 17, CONFIG C-Type 9 of 8 bytes" },
        { new ConfigAckMessage(2, Node2, 1, 17, Node1), "ConfigAck cc 2 node 10.0.0.2 acks 17 of cc 1 node 10.0.0.1" },
        { new ConfigNackMessage(2, Node2, 1, 17, Node1, new HelloConfig(1000, 3000) { Negotiable = true }),
            "ConfigNack cc 2 node 10.0.0.2 acks 17 of cc 1 node 10.0.0.1 hello 1000/3000 ms" },
        { new HelloMessage(1, 5, 4), "Hello cc 1 tx 5 rcv 4" },
        { new HelloMessage(1, 5, 4) { Flags = HeaderFlags.ControlChannelDown }, "Hello [ControlChannelDown] cc 1 tx 5 rcv 4" },
        { new HelloMessage(1, 1, 0) { Flags = HeaderFlags.ControlChannelDown | HeaderFlags.LmpRestart }, "Hello [ControlChannelDown] [LmpRestart] cc 1 tx 1 rcv 0" },
        { new HelloMessage([new HelloObject(5, 4)]), "Hello tx 5 rcv 4" },
        { Encode(MessageType.BeginVerify, new LocalLinkId(Id(1)), new RemoteLinkId(Id(2)), new MessageId(20),
                new BeginVerifyObject(BeginVerifyFlags.Ports, 150, 16, EncodingType.Lambda, VerifyTransport.Payload, 1.25e9f, 0)),
            "BeginVerify msg 20 te 1->2, 16 ports every 150 ms over Payload" },
        { Encode(MessageType.BeginVerify, new LocalLinkId(Id(1)), new MessageId(20),
                new BeginVerifyObject(BeginVerifyFlags.None, 150, 1, EncodingType.Sdh, VerifyTransport.J0Trace, 1.25e9f, 0)),
            "BeginVerify msg 20 te 1, 1 component links every 150 ms over J0-trace" },
        { Encode(MessageType.BeginVerifyAck, new LocalLinkId(Id(2)), new MessageIdAck(20), new BeginVerifyAckObject(1000, VerifyTransport.Payload), new VerifyId(7)),
            "BeginVerifyAck acks 20 te 2 verify 7, dead after 1000 ms over Payload" },
        { Encode(MessageType.BeginVerifyNack, new LocalLinkId(Id(2)), new MessageIdAck(20), new BeginVerifyError(BeginVerifyErrors.Unwilling)),
            "BeginVerifyNack acks 20 te 2: Unwilling to verify" },
        { Encode(MessageType.EndVerify, new MessageId(21), new VerifyId(7)), "EndVerify msg 21 verify 7" },
        { Encode(MessageType.EndVerifyAck, new MessageIdAck(21), new VerifyId(7)), "EndVerifyAck acks 21 verify 7" },
        { Encode(MessageType.Test, new LocalInterfaceId(Id(101)), new VerifyId(7)), "Test interface 101 verify 7" },
        { Encode(MessageType.TestStatusSuccess, new MessageId(22), new LocalLinkId(Id(2)), new LocalInterfaceId(Id(201)), new RemoteInterfaceId(Id(101)), new VerifyId(7)),
            "TestStatusSuccess msg 22 te 2 interface 201->101 verify 7" },
        { Encode(MessageType.TestStatusFailure, new MessageId(23), new VerifyId(7)), "TestStatusFailure msg 23 verify 7" },
        { Encode(MessageType.TestStatusAck, new MessageIdAck(23), new VerifyId(7)), "TestStatusAck acks 23 verify 7" },
        { new LinkSummaryMessage(9, new TeLinkObject(TeLinkFlags.FaultManagement, Id(1), Id(2)), DataLinks(16)), "LinkSummary msg 9 te 1->2, 16 data links, 8 allocated, 1 failed" },
        { new LinkSummaryMessage(9, new TeLinkObject(TeLinkFlags.None, IPv6Id("2001:db8::1"), IPv6Id("2001:db8::2")), DataLinks(2)[1]),
            "LinkSummary msg 9 te 2001:db8::1->2001:db8::2, 1 data link" },
        { new LinkSummaryAckMessage(9), "LinkSummaryAck acks 9" },
        { new LinkSummaryNackMessage(9, LinkSummaryErrors.Renegotiate, DataLinks(2)[1]), "LinkSummaryNack acks 9: Renegotiate LINK_SUMMARY parameters, 1 data link" },
        { Encode(MessageType.ChannelStatusAck, new MessageIdAck(10)), "ChannelStatusAck acks 10" },
        { Encode(MessageType.ChannelStatusRequest, new LocalLinkId(Id(1)), new MessageId(12)), "ChannelStatusRequest msg 12 te 1, all channels" },
        { Encode(MessageType.ChannelStatusRequest, new LocalLinkId(Id(1)), new MessageId(12), new ChannelStatusRequestObject(IdentifierType.Unnumbered, [Id(1), Id(2)])),
            "ChannelStatusRequest msg 12 te 1 channels 1, 2" },
        { Encode(MessageType.ChannelStatusRequest, new LocalLinkId(Id(1)), new MessageId(12),
                new ChannelStatusRequestObject(IdentifierType.Unnumbered, [Id(1), Id(2), Id(3), Id(4), Id(5), Id(6)])),
            "ChannelStatusRequest msg 12 te 1 channels 1, 2, 3, 4 and 2 more" },
        { ChannelStatus(Entry(101, ChannelCondition.SignalFail), Entry(102, ChannelCondition.SignalOkay, ChannelDirection.Transmit)),
            "ChannelStatus msg 11 te 1, 101 SF, 102 OK transmit" },
        { ChannelStatus(Entry(0, ChannelCondition.SignalDegrade)), "ChannelStatus msg 11 te 1, the whole TE link SD" },
        { ChannelStatus(), "ChannelStatus msg 11 te 1, the whole TE link failed" },
        { ChannelStatus([.. Enumerable.Range(1, 9).Select(i => Entry((uint)i, (ChannelCondition)(i % 5), i > 7 ? ChannelDirection.Transmit : ChannelDirection.Receive))]),
            "ChannelStatus msg 11 te 1, 9 channels: 1 SF, 1 SF transmit, 2 SD, 2 undefined, 1 undefined transmit, 2 OK" },
        { Encode(MessageType.ChannelStatusResponse, new MessageIdAck(12), new ChannelStatusObject(IdentifierType.Unnumbered, [Entry(7, (ChannelCondition)9)])),
            "ChannelStatusResponse acks 12, 7 undefined" },
        { Encode(MessageType.ChannelStatus, new LocalLinkId(Id(1)), new MessageId(11), new LinkGroupChannelStatus([new LinkGroupStatusEntry(3, new ChannelState(true, 0, ChannelCondition.SignalFail))])),
            "ChannelStatus msg 11 te 1, group 3 SF" },
        { Encode(MessageType.TraceMonitor, new MessageId(22), new LocalInterfaceId(Id(101)), new TraceObject(TraceType.SdhJ0, "oxc1 \"a\"\n")),
            "TraceMonitor msg 22 interface 101 sdh-j0 \"oxc1 \"a\"\\x0a\"" },
        { Encode(MessageType.TraceMonitorNack, new MessageIdAck(22), new TraceError(TraceErrors.UnsupportedTraceType)), "TraceMonitorNack acks 22: Unsupported Trace Type" },
        { Encode(MessageType.TraceMismatch, new MessageId(24), new LocalInterfaceId(Id(1)), new LocalInterfaceId(Id(2)), new LocalInterfaceId(Id(3)), new LocalInterfaceId(Id(4)), new LocalInterfaceId(Id(5))),
            "TraceMismatch msg 24 interface 1, 2, 3, 4 and 1 more" },
        { Encode(MessageType.TraceReq, new MessageId(25), new LocalInterfaceId(Id(101)), new TraceReqObject(TraceType.SonetJ1)), "TraceReq msg 25 interface 101 sonet-j1" },
        { Encode(MessageType.ConfirmDataChannelStatus, new MessageId(30), new LocalLinkId(Id(1)), DataLinks(2)[1]), "ConfirmDataChannelStatus msg 30 te 1, 1 data link" },
        { Encode((MessageType)99, new UnknownObject((ObjectClass)200, 3, [1, 2, 3, 4])), "Type99 (no RFC's type), CLASS_200 C-Type 3 of 8 bytes" },
        { Encode((MessageType)241, new MessageId(1)), "DiscoveryResponse (no RFC's type) msg 1" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void Says_what_the_message_says(LmpMessage message, string line) => Assert.Equal(line, Run.Words(message.Encode()));

    // By objects, so that formats are the codec's business: what does not fit a format shows as malformed and fails the test.
    private static UnknownMessage Encode(MessageType type, params LmpObject[] objects) => new(type, [.. objects]);

    private static UnknownMessage ChannelStatus(params ChannelStatusEntry[] entries) =>
        Encode(MessageType.ChannelStatus, new LocalLinkId(Id(1)), new MessageId(11), new ChannelStatusObject(IdentifierType.Unnumbered, [.. entries]));

    private static ChannelStatusEntry Entry(uint id, ChannelCondition condition, ChannelDirection direction = ChannelDirection.Receive) =>
        new(Id(id), new ChannelState(true, direction, condition));

    private static Identifier Id(uint value) => Identifier.Unnumbered(value);

    private static Identifier IPv6Id(string text)
    {
        Assert.True(Identifier.TryParse(text, out var id));
        return id;
    }

    private static DataLinkObject[] DataLinks(uint count) =>
    [
        .. Enumerable.Range(0, (int)count).Select(i => new DataLinkObject(
            (i % 2 == 0 ? DataLinkFlags.Allocated : DataLinkFlags.None) | (i == 3 ? DataLinkFlags.Failed : DataLinkFlags.None), Id(101 + (uint)i), Id(201 + (uint)i), [])),
    ];
}
