// RFC 4204 §12.5, RFC 4207 §3.1
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class LinkVerificationVectors
{
    public static IReadOnlyList<MessageVector> All { get; } =
    [
        new("BeginVerify",
            """
            10 00 00 05  # Msg Type 5
            00 38 00 00  # LMP Length 56
            05 03 00 08  # Unnumbered LOCAL_LINK_ID: C-Type 5, Class 3
            00 00 00 01  #   Link_Id 1
            01 05 00 08  # MESSAGE_ID
            00 00 00 2B
            06 03 00 08  # Unnumbered REMOTE_LINK_ID: C-Type 6, Class 3
            00 00 00 02  #   Link_Id 2
            01 08 00 18  # BEGIN_VERIFY: C-Type 1, Class 8, Length 24
            00 03 00 96  #   Flags Verify all Links, ports; VerifyInterval 150
            00 00 00 04  #   Number of Data Links 4
            05 00 80 0E  #   EncType 5 SDH, Reserved, Payload, J0-trace, DCCL, DCCS
            4E 94 50 C0  #   TransmissionRate: STM-64 as RFC 3471 §3.1.2 lists it
            00 00 06 0E  #   Wavelength 1550
            """,
            new BeginVerifyMessage(Number(1), 43, Number(2), new BeginVerifyObject(BeginVerifyFlags.VerifyAllLinks | BeginVerifyFlags.Ports, 150, 4,
                EncodingType.Sdh, VerifyTransport.Payload | VerifyTransport.J0Trace | VerifyTransport.Dccl | VerifyTransport.Dccs, 1.24416e9f, 1550))),

        new("BeginVerify: local Link_Id zero, no REMOTE_LINK_ID",
            """
            10 00 00 05
            00 30 00 00  # LMP Length 48
            01 03 00 08  # IPv4 LOCAL_LINK_ID: C-Type 1
            00 00 00 00  #   Link_Id 0
            01 05 00 08
            00 00 00 2B
            01 08 00 18  # BEGIN_VERIFY
            00 00 FF FF  #   Flags: new links only, component links; VerifyInterval 65535
            FF FF FF FF
            01 00 80 00  #   EncType 1 Packet; Payload
            3F 80 00 00  #   1.0 bytes per second
            00 00 00 00
            """,
            new BeginVerifyMessage(Address("0.0.0.0"), 43, null,
                new BeginVerifyObject(BeginVerifyFlags.None, 65535, 0xFFFFFFFF, EncodingType.Packet, VerifyTransport.Payload, 1, 0))),

        new("BeginVerifyAck",
            """
            10 00 00 06  # Msg Type 6
            00 28 00 00  # LMP Length 40
            05 03 00 08  # LOCAL_LINK_ID
            00 00 00 02
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 2B
            01 09 00 08  # BEGIN_VERIFY_ACK: C-Type 1, Class 9
            03 E8 80 00  #   VerifyDeadInterval 1000; Payload
            01 0A 00 08  # VERIFY_ID: C-Type 1, Class 10
            00 00 00 07  #   Verify_Id 7
            """,
            new BeginVerifyAckMessage(Number(2), 43, new BeginVerifyAckObject(1000, VerifyTransport.Payload), 7)),

        new("BeginVerifyAck: no LOCAL_LINK_ID",
            """
            10 00 00 06
            00 20 00 00  # LMP Length 32
            02 05 00 08
            00 00 00 2B
            01 09 00 08
            03 E8 00 40  #   J1-trace
            01 0A 00 08
            DE AD BE EF
            """,
            new BeginVerifyAckMessage(null, 43, new BeginVerifyAckObject(1000, VerifyTransport.J1Trace), 0xDEADBEEF)),

        new("BeginVerifyNack",
            """
            10 00 00 07  # Msg Type 7
            00 20 00 00  # LMP Length 32
            05 03 00 08  # LOCAL_LINK_ID
            00 00 00 02
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 2B
            01 14 00 08  # BEGIN_VERIFY_ERROR: C-Type 1, Class 20
            00 00 00 0A  #   Unwilling to verify, Link_Id configuration error
            """,
            new BeginVerifyNackMessage(Number(2), 43, BeginVerifyErrors.Unwilling | BeginVerifyErrors.LinkIdConfiguration)),

        new("BeginVerifyNack: no LOCAL_LINK_ID",
            """
            10 00 00 07
            00 18 00 00  # LMP Length 24
            02 05 00 08
            00 00 00 2B
            01 14 00 08
            00 00 00 01  #   Link Verification Procedure not supported
            """,
            new BeginVerifyNackMessage(null, 43, BeginVerifyErrors.NotSupported)),

        new("EndVerify",
            """
            10 00 00 08  # Msg Type 8
            00 18 00 00
            01 05 00 08  # MESSAGE_ID
            00 00 00 2C
            01 0A 00 08  # VERIFY_ID
            00 00 00 07
            """,
            new EndVerifyMessage(44, 7)),

        new("EndVerifyAck",
            """
            10 00 00 09  # Msg Type 9
            00 18 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 2C
            01 0A 00 08  # VERIFY_ID
            00 00 00 07
            """,
            new EndVerifyAckMessage(44, 7)),

        new("Test",
            """
            10 00 00 0A  # Msg Type 10
            00 18 00 00
            05 04 00 08  # Unnumbered LOCAL_INTERFACE_ID: C-Type 5, Class 4
            00 00 00 65  #   Interface_Id 101
            01 0A 00 08  # VERIFY_ID
            00 00 00 07
            """,
            new TestMessage(Number(101), 7)),

        new("Test: with the trace that is sent over the data link",
            """
            10 00 00 0A
            00 2C 00 00  # LMP Length 44
            05 04 00 08
            00 00 00 65
            01 0A 00 08
            00 00 00 07
            01 15 00 14  # TRACE: C-Type 1, Class 21, Length 20
            00 04 00 0A  #   Trace Type 4 SDH J0, Trace Length 10
            6F 78 63 31  #   "oxc1"
            2D 74 65 31  #   "-te1"
            2D 31 00 00  #   "-1", padding
            """,
            new TestMessage(Number(101), 7, new TraceObject(TraceType.SdhJ0, "oxc1-te1-1"))),

        new("TestStatusSuccess",
            """
            10 00 00 0B  # Msg Type 11
            00 30 00 00  # LMP Length 48
            05 03 00 08  # LOCAL_LINK_ID
            00 00 00 02
            01 05 00 08  # MESSAGE_ID
            00 00 00 2D
            05 04 00 08  # LOCAL_INTERFACE_ID
            00 00 00 C9  #   201
            06 04 00 08  # Unnumbered REMOTE_INTERFACE_ID: C-Type 6, Class 4
            00 00 00 65  #   101
            01 0A 00 08  # VERIFY_ID
            00 00 00 07
            """,
            new TestStatusSuccessMessage(Number(2), 45, Number(201), Number(101), 7)),

        new("TestStatusSuccess: IPv6",
            """
            10 00 00 0B
            00 54 00 00  # LMP Length 84
            03 03 00 14  # IPv6 LOCAL_LINK_ID: C-Type 3, Length 20
            20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 02
            01 05 00 08
            00 00 00 2D
            03 04 00 14  # IPv6 LOCAL_INTERFACE_ID: C-Type 3
            20 01 0D B8 00 01 00 00 00 00 00 00 00 00 00 C9
            04 04 00 14  # IPv6 REMOTE_INTERFACE_ID: C-Type 4
            20 01 0D B8 00 02 00 00 00 00 00 00 00 00 00 65
            01 0A 00 08
            00 00 00 07
            """,
            new TestStatusSuccessMessage(Address("2001:db8::2"), 45, Address("2001:db8:1::c9"), Address("2001:db8:2::65"), 7)),

        new("TestStatusFailure",
            """
            10 00 00 0C  # Msg Type 12
            00 18 00 00
            01 05 00 08  # MESSAGE_ID
            00 00 00 2E
            01 0A 00 08  # VERIFY_ID
            00 00 00 07
            """,
            new TestStatusFailureMessage(46, 7)),

        new("TestStatusAck",
            """
            10 00 00 0D  # Msg Type 13
            00 18 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 2E
            01 0A 00 08  # VERIFY_ID
            00 00 00 07
            """,
            new TestStatusAckMessage(46, 7)),
    ];
}
