// RFC 4204 §12.1-12.2: what no RFC defines is kept byte for byte, in its place.
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class UnknownVectors
{
    public static IReadOnlyList<MessageVector> All { get; } =
    [
        new("ServiceConfig",
            """
            10 00 00 32  # Msg Type 50, OIF UNI service discovery
            00 20 00 00
            01 05 00 08  # MESSAGE_ID
            00 00 00 01
            01 02 00 08  # LOCAL_NODE_ID
            0A 00 00 01
            01 33 00 08  # Class 51 SERVICE_CONFIG
            01 02 03 04
            """,
            new UnknownMessage((MessageType)50, [new MessageId(1), new LocalNodeId(Node("10.0.0.1")), new UnknownObject((ObjectClass)51, 1, [1, 2, 3, 4])])),

        new("DiscoveryResponse",
            """
            10 00 01 F1  # ControlChannelDown; Msg Type 241, OIF ASON discovery
            00 19 00 00  # LMP Length 25
            01 05 00 08
            00 00 00 01
            81 F8 00 04  # Class 248 DA_DCN_ADDRESS: N 1, no contents
            7F F9 00 05  # Class 249 LOCAL_LAD_INFO: C-Type 127, Length 5
            FE
            """,
            new UnknownMessage((MessageType)241,
                [new MessageId(1), new UnknownObject((ObjectClass)248, 1, []) { Negotiable = true }, new UnknownObject((ObjectClass)249, 127, [0xFE])])
            {
                Flags = HeaderFlags.ControlChannelDown,
            }),

        new("Type0: nothing but the header",
            """
            10 00 00 00  # Msg Type 0
            00 08 00 00
            """,
            new UnknownMessage(0, [])),

        new("Type255: two MESSAGE_IDs, for all we know",
            """
            10 00 00 FF
            00 18 00 00
            01 05 00 08
            00 00 00 01
            01 05 00 08
            00 00 00 02
            """,
            new UnknownMessage((MessageType)255, [new MessageId(1), new MessageId(2)])),

        new("LinkSummaryAck: objects of unknown class and C-Type around the known one",
            """
            10 00 00 0F
            00 2B 00 00  # LMP Length 43
            7F FE 00 06  # C-Type 127, Class 254, Length 6
            AB CD
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 30
            85 05 00 0D  # MESSAGE_ID: N 1, C-Type 5, Length 13
            01 02 03 04 05 06 07 08 09
            00 00 00 08  # C-Type 0, Class 0
            00 00 00 00
            """,
            new LinkSummaryAckMessage(
            [
                new UnknownObject((ObjectClass)254, 127, [0xAB, 0xCD]), new MessageIdAck(48),
                new UnknownObject(ObjectClass.MessageId, 5, [1, 2, 3, 4, 5, 6, 7, 8, 9]) { Negotiable = true }, new UnknownObject(0, 0, [0, 0, 0, 0]),
            ])),

        new("LinkSummary: a subobject of unknown Type between known ones",
            """
            10 00 00 0E
            00 40 00 00  # LMP Length 64
            01 05 00 08
            00 00 00 30
            03 0B 00 10
            03 00 00 00
            00 00 00 01
            00 00 00 02
            03 0C 00 20  # DATA_LINK, Length 32
            01 00 00 00
            00 00 00 65
            00 00 00 C9
            05 04 0D 00  #   BER Estimate
            FA 08 01 02  #   Type 250, Length 8
            03 04 05 06
            06 04 00 02  #   Optical Protection
            """,
            new LinkSummaryMessage(48, new TeLinkObject(TeLinkFlags.FaultManagement | TeLinkFlags.LinkVerification, Number(1), Number(2)),
                new DataLinkObject(DataLinkFlags.Port, Number(101), Number(201),
                    [new BerEstimate(13), new UnknownSubobject(250, [1, 2, 3, 4, 5, 6]), new OpticalProtection(LinkProtection.Unprotected)]))),

        new("BeginVerify: BEGIN_VERIFY of unknown C-Type",
            """
            10 00 00 05
            00 1C 00 00
            05 03 00 08
            00 00 00 01
            01 05 00 08
            00 00 00 2B
            02 08 00 04  # BEGIN_VERIFY: C-Type 2
            """,
            new BeginVerifyMessage([new LocalLinkId(Number(1)), new MessageId(43), new UnknownObject(ObjectClass.BeginVerify, 2, [])])),
    ];
}
