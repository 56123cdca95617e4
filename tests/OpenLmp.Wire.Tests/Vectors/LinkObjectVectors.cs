// RFC 4204 §13.11-13.14, RFC 4209 §2.4.1
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class LinkObjectVectors
{
    public static IReadOnlyList<ObjectVector> All { get; } =
    [
        new("IPv4 TE_LINK", "01 0B 0010  01 000000  C0000201 C0000202",
            new TeLinkObject(TeLinkFlags.FaultManagement, Address("192.0.2.1"), Address("192.0.2.2")),
            """
            faultManagement = true: the sender supports fault management on this TE link
            linkVerification = false: the sender does not support link verification on this TE link
            localLinkId = "192.0.2.1": the sender's Link_Id
            remoteLinkId = "192.0.2.2": the receiver's Link_Id
            """),
        new("IPv6 TE_LINK", "02 0B 0028  02 000000  20010DB8000000000000000000000001 20010DB8000000000000000000000002",
            new TeLinkObject(TeLinkFlags.LinkVerification, Address("2001:db8::1"), Address("2001:db8::2")),
            """
            faultManagement = false: the sender does not support fault management on this TE link
            linkVerification = true: the sender supports link verification on this TE link
            localLinkId = "2001:db8::1": the sender's Link_Id
            remoteLinkId = "2001:db8::2": the receiver's Link_Id
            """),
        new("Unnumbered TE_LINK: zero ids", "03 0B 0010  00 000000  00000000 00000000",
            new TeLinkObject(TeLinkFlags.None, Number(0), Number(0)),
            """
            faultManagement = false: the sender does not support fault management on this TE link
            linkVerification = false: the sender does not support link verification on this TE link
            localLinkId = "0": 0 is not allowed
            remoteLinkId = "0": 0 is not allowed
            """),
        new("IPv4 DATA_LINK: zero ids", "01 0C 0010  00 000000  00000000 00000000",
            new DataLinkObject(DataLinkFlags.None, Address("0.0.0.0"), Address("0.0.0.0"), []),
            """
            port = false: a component link
            allocated = false: free
            failed = false: not failed
            localInterfaceId = "0.0.0.0": 0 is not allowed
            remoteInterfaceId = "0.0.0.0": 0 is not allowed
            """),
        new("IPv6 DATA_LINK", "02 0C 0028  02 000000  20010DB8000100000000000000000065 20010DB80002000000000000000000C9",
            new DataLinkObject(DataLinkFlags.Allocated, Address("2001:db8:1::65"), Address("2001:db8:2::c9"), []),
            """
            port = false: a component link
            allocated = true: carries user traffic
            failed = false: not failed
            localInterfaceId = "2001:db8:1::65": the sender's Interface_Id
            remoteInterfaceId = "2001:db8:2::c9": the receiver's Interface_Id
            """),
        new("Unnumbered DATA_LINK", "03 0C 0018  05 000000  00000065 000000C9  05 04 0D 00  FF 04 AB CD",
            new DataLinkObject(DataLinkFlags.Port | DataLinkFlags.Failed, Number(101), Number(201),
                [new BerEstimate(13), new UnknownSubobject(255, [0xAB, 0xCD])]),
            """
            port = true: a port
            allocated = false: free
            failed = true: not suitable for user traffic
            localInterfaceId = "101": the sender's Interface_Id
            remoteInterfaceId = "201": the receiver's Interface_Id
            subobjects
              subobjectType = 5: BER Estimate
              ber = 13: one bit in 10^13 is in error
            subobjects
              subobjectType = 255: unknown
              body = "abcd": not defined by the RFCs; kept as it is
            """),

        new("IPv4 CHANNEL_STATUS", "01 0D 0014  C6336401 80000001  C6336402 40000002",
            new ChannelStatusObject(IdentifierType.IPv4,
            [
                Channel(Address("198.51.100.1"), true, ChannelDirection.Receive, ChannelCondition.SignalOkay),
                Channel(Address("198.51.100.2"), false, ChannelDirection.Transmit, ChannelCondition.SignalDegrade),
            ]),
            """
            channels
              interfaceId = "198.51.100.1": the sender's data link
              active = true: allocated to user traffic
              transmit = false: what the sender receives
              channelStatus = 1: Signal Okay (OK)
            channels
              interfaceId = "198.51.100.2": the sender's data link
              active = false: not allocated to user traffic
              transmit = true: what the sender transmits
              channelStatus = 2: Signal Degrade (SD)
            """),
        new("IPv6 CHANNEL_STATUS", "02 0D 0018  20010DB8000100000000000000000065 C0000003",
            new ChannelStatusObject(IdentifierType.IPv6, [Channel(Address("2001:db8:1::65"), true, ChannelDirection.Transmit, ChannelCondition.SignalFail)]),
            """
            channels
              interfaceId = "2001:db8:1::65": the sender's data link
              active = true: allocated to user traffic
              transmit = true: what the sender transmits
              channelStatus = 3: Signal Fail (SF)
            """),
        new("Unnumbered CHANNEL_STATUS: the entire TE link", "03 0D 000C  00000000 3FFFFFFF",
            new ChannelStatusObject(IdentifierType.Unnumbered, [Channel(Number(0), false, ChannelDirection.Receive, (ChannelCondition)0x3FFFFFFF)]),
            """
            channels
              interfaceId = "0": the entire TE link
              active = false: not allocated to user traffic
              transmit = false: what the sender receives
              channelStatus = 1073741823: not defined
            """),
        new("IPv4 CHANNEL_STATUS: no Interface_Id", "01 0D 0004", new ChannelStatusObject(IdentifierType.IPv4, []),
            "wholeTeLink = true: no Interface_Id: the entire TE link has failed"),
        new("IPv6 CHANNEL_STATUS: no Interface_Id", "02 0D 0004", new ChannelStatusObject(IdentifierType.IPv6, []),
            "wholeTeLink = true: no Interface_Id: the entire TE link has failed"),
        new("LINK_GROUP CHANNEL_STATUS", "04 0D 0014  00000007 00000003  FFFFFFFF 80000001",
            new LinkGroupChannelStatus(
            [
                new LinkGroupStatusEntry(7, new ChannelState(false, ChannelDirection.Receive, ChannelCondition.SignalFail)),
                new LinkGroupStatusEntry(LinkGroupId.AllDataLinks, new ChannelState(true, ChannelDirection.Receive, ChannelCondition.SignalOkay)),
            ]),
            """
            linkGroups
              linkGroupId = 7: a group that may fail together
              active = false: not allocated to user traffic
              transmit = false: what the sender receives
              channelStatus = 3: Signal Fail (SF)
            linkGroups
              linkGroupId = 4294967295: all data links of the TE link
              active = true: allocated to user traffic
              transmit = false: what the sender receives
              channelStatus = 1: Signal Okay (OK)
            """),
        new("LINK_GROUP CHANNEL_STATUS: no group", "04 0D 0004", new LinkGroupChannelStatus([]), ""),

        new("IPv4 CHANNEL_STATUS_REQUEST", "01 0E 0008  C6336401", new ChannelStatusRequestObject(IdentifierType.IPv4, [Address("198.51.100.1")]),
            """
            channels
              interfaceId = "198.51.100.1": the sender's data link
            """),
        new("IPv6 CHANNEL_STATUS_REQUEST", "02 0E 0014  20010DB8000100000000000000000065",
            new ChannelStatusRequestObject(IdentifierType.IPv6, [Address("2001:db8:1::65")]),
            """
            channels
              interfaceId = "2001:db8:1::65": the sender's data link
            """),
        new("Unnumbered CHANNEL_STATUS_REQUEST", "03 0E 000C  00000065 00000000",
            new ChannelStatusRequestObject(IdentifierType.Unnumbered, [Number(101), Number(0)]),
            """
            channels
              interfaceId = "101": the sender's data link
            channels
              interfaceId = "0": the entire TE link
            """),
        new("IPv6 CHANNEL_STATUS_REQUEST: no Interface_Id", "02 0E 0004", new ChannelStatusRequestObject(IdentifierType.IPv6, []), ""),
    ];
}
