// RFC 4204 §13.1-13.5, §13.10
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class IdentifierObjectVectors
{
    public static IReadOnlyList<ObjectVector> All { get; } =
    [
        new("LOCAL_CCID", "01 01 0008  00000005", new LocalCcid(5), "ccId = 5: the sender's control channel"),
        new("LOCAL_CCID: zero", "01 01 0008  00000000", new LocalCcid(0), "ccId = 0: 0 is not allowed"),
        new("REMOTE_CCID", "02 01 0008  FFFFFFFF", new RemoteCcid(0xFFFFFFFF), "ccId = 4294967295: the receiver's control channel"),
        new("REMOTE_CCID: zero", "02 01 0008  00000000", new RemoteCcid(0), "ccId = 0: 0 is not allowed"),

        new("LOCAL_NODE_ID", "01 02 0008  0A000001", new LocalNodeId(Node("10.0.0.1")), "nodeId = \"10.0.0.1\": the sender"),
        new("REMOTE_NODE_ID", "02 02 0008  C0000201", new RemoteNodeId(Node("192.0.2.1")), "nodeId = \"192.0.2.1\": the receiver"),

        new("IPv4 LOCAL_LINK_ID", "01 03 0008  C0000201", new LocalLinkId(Address("192.0.2.1")), "linkId = \"192.0.2.1\": the sender's TE link"),
        new("IPv4 REMOTE_LINK_ID", "02 03 0008  C0000202", new RemoteLinkId(Address("192.0.2.2")), "linkId = \"192.0.2.2\": the receiver's TE link"),
        new("IPv6 LOCAL_LINK_ID", "03 03 0014  20010DB8000000000000000000000001", new LocalLinkId(Address("2001:db8::1")),
            "linkId = \"2001:db8::1\": the sender's TE link"),
        new("IPv6 REMOTE_LINK_ID", "04 03 0014  20010DB8000000000000000000000002", new RemoteLinkId(Address("2001:db8::2")),
            "linkId = \"2001:db8::2\": the receiver's TE link"),
        new("Unnumbered LOCAL_LINK_ID", "05 03 0008  00000001", new LocalLinkId(Number(1)), "linkId = \"1\": the sender's TE link"),
        new("Unnumbered LOCAL_LINK_ID: zero", "05 03 0008  00000000", new LocalLinkId(Number(0)),
            "linkId = \"0\": not limited to a TE link; allowed in BeginVerify only"),
        new("Unnumbered REMOTE_LINK_ID", "06 03 0008  00000002", new RemoteLinkId(Number(2)), "linkId = \"2\": the receiver's TE link"),
        new("Unnumbered REMOTE_LINK_ID: zero", "06 03 0008  00000000", new RemoteLinkId(Number(0)), "linkId = \"0\": 0 is not allowed"),

        new("IPv4 LOCAL_INTERFACE_ID", "01 04 0008  C6336401", new LocalInterfaceId(Address("198.51.100.1")),
            "interfaceId = \"198.51.100.1\": the sender's data link"),
        new("IPv4 REMOTE_INTERFACE_ID", "02 04 0008  C6336402", new RemoteInterfaceId(Address("198.51.100.2")),
            "interfaceId = \"198.51.100.2\": the receiver's data link"),
        new("IPv6 LOCAL_INTERFACE_ID", "03 04 0014  FE8000000000000002AA00FFFE000065", new LocalInterfaceId(Address("fe80::2aa:ff:fe00:65")),
            "interfaceId = \"fe80::2aa:ff:fe00:65\": the sender's data link"),
        new("IPv6 REMOTE_INTERFACE_ID", "04 04 0014  20010DB80002000000000000000000C9", new RemoteInterfaceId(Address("2001:db8:2::c9")),
            "interfaceId = \"2001:db8:2::c9\": the receiver's data link"),
        new("Unnumbered LOCAL_INTERFACE_ID", "05 04 0008  00000065", new LocalInterfaceId(Number(101)), "interfaceId = \"101\": the sender's data link"),
        new("Unnumbered LOCAL_INTERFACE_ID: zero", "05 04 0008  00000000", new LocalInterfaceId(Number(0)), "interfaceId = \"0\": 0 is not allowed"),
        new("Unnumbered REMOTE_INTERFACE_ID", "06 04 0008  000000C9", new RemoteInterfaceId(Number(201)), "interfaceId = \"201\": the receiver's data link"),
        new("Unnumbered REMOTE_INTERFACE_ID: zero", "06 04 0008  00000000", new RemoteInterfaceId(Number(0)), "interfaceId = \"0\": 0 is not allowed"),

        new("MESSAGE_ID", "01 05 0008  0000002A", new MessageId(42), "messageId = 42: wants an acknowledgement"),
        new("MESSAGE_ID_ACK", "02 05 0008  FFFFFFFF", new MessageIdAck(0xFFFFFFFF), "messageId = 4294967295: the message answered"),

        new("VERIFY_ID", "01 0A 0008  00000007", new VerifyId(7),
            "verifyId = 7: the verification procedure, as named by the node that receives the Test messages"),
    ];
}
