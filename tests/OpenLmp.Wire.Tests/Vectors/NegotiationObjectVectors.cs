// RFC 4204 §13.6-13.9, RFC 4209 §2.1, RFC 6898 §3.1
namespace OpenLmp.Wire.Tests.Vectors;

internal static class NegotiationObjectVectors
{
    public static IReadOnlyList<ObjectVector> All { get; } =
    [
        new("HelloConfig", "81 06 0008  0096 01F4", new HelloConfig(150, 500) { Negotiable = true },
            """
            helloInterval = 150: ms between Hellos
            helloDeadInterval = 500: ms of silence until the control channel is dead
            """),
        new("HelloConfig: no Hello", "01 06 0008  0000 0000", new HelloConfig(0, 0),
            """
            helloInterval = 0: no Hello
            helloDeadInterval = 0: no Hello
            """),
        new("LMP-WDM_CONFIG", "02 06 0008  80000000", new LmpWdmConfig(Wdm: true, Ols: false),
            """
            wdm = true: the sender supports the LMP-WDM extensions
            ols = false: the sender is a peer node
            """),
        new("LMP-WDM_CONFIG: an OLS", "02 06 0008  40000000", new LmpWdmConfig(Wdm: false, Ols: true),
            """
            wdm = false: the sender does not support the LMP-WDM extensions
            ols = true: the sender is an optical line system
            """),
        new("BehaviorConfig", "83 06 0008  A0000000", new BehaviorConfig(LmpBehaviors.SonetSdhTrace | LmpBehaviors.ConsistencyCheck),
            """
            sonetSdhTrace = true: S: trace behaviour of SONET/SDH, RFC 4207
            dwdm = false: D: DWDM behaviour, RFC 4209
            consistencyCheck = true: C: data channel consistency check, RFC 5818
            """),
        new("BehaviorConfig: D only", "83 06 0008  40000000", new BehaviorConfig(LmpBehaviors.Dwdm),
            """
            sonetSdhTrace = false: S: trace behaviour of SONET/SDH, RFC 4207
            dwdm = true: D: DWDM behaviour, RFC 4209
            consistencyCheck = false: C: data channel consistency check, RFC 5818
            """),
        new("BehaviorConfig: longer, an MBZ bit set", "03 06 000C  20000000 00000001", new BehaviorConfig([0x20000000, 1]),
            """
            sonetSdhTrace = false: S: trace behaviour of SONET/SDH, RFC 4207
            dwdm = false: D: DWDM behaviour, RFC 4209
            consistencyCheck = true: C: data channel consistency check, RFC 5818
            mbz = "0000000000000001": bits that no RFC defines: not acceptable
            """),
        new("HELLO", "01 07 000C  00000002 00000001", new HelloObject(2, 1),
            """
            txSeqNum = 2
            rcvSeqNum = 1
            """),
        new("HELLO: the first", "01 07 000C  00000001 00000000", new HelloObject(1, 0),
            """
            txSeqNum = 1: the sender's first
            rcvSeqNum = 0: no Hello received yet
            """),
        new("HELLO: TxSeqNum 0", "01 07 000C  00000000 FFFFFFFF", new HelloObject(0, 0xFFFFFFFF),
            """
            txSeqNum = 0: 0 is not allowed
            rcvSeqNum = 4294967295
            """),
        new("BEGIN_VERIFY",
            """
            01 08 0018
            0001 0096      # Verify all Links; VerifyInterval
            00000002       # Number of Data Links
            05 00 80CE     # EncType SDH, Reserved, Verify Transport Mechanism
            4D9450C0       # TransmissionRate: STM-16 as RFC 3471 §3.1.2 lists it
            00000000       # Wavelength
            """,
            new BeginVerifyObject(BeginVerifyFlags.VerifyAllLinks, 150, 2, EncodingType.Sdh,
                VerifyTransport.Payload | VerifyTransport.J2Trace | VerifyTransport.J1Trace | VerifyTransport.J0Trace | VerifyTransport.Dccl | VerifyTransport.Dccs,
                311040000f, 0),
            """
            verifyAllLinks = true: all unallocated links
            ports = false: the data links are component links
            verifyInterval = 150: ms between Test messages
            numberOfDataLinks = 2: data links to be verified
            encoding = "sdh"
            verifyTransportMechanism = 32974: Payload, DCCS, DCCL, J0-trace, J1-trace, J2-trace
            transmissionRate = 311040000: 2.48832 Gbps
            wavelength = 0: not ambiguous
            """),
        new("BEGIN_VERIFY: the transport bits of another encoding",
            "01 08 0018  0002 000A  00000001  02 00 8002  4CEE6B28  00000005",
            new BeginVerifyObject(BeginVerifyFlags.Ports, 10, 1, EncodingType.Ethernet, VerifyTransport.Payload | (VerifyTransport)2, 125000000f, 5),
            """
            verifyAllLinks = false: only new links
            ports = true: the data links are ports
            verifyInterval = 10: ms between Test messages
            numberOfDataLinks = 1: data links to be verified
            encoding = "ethernet"
            verifyTransportMechanism = 32770: Payload, 0x0002 (not defined)
            transmissionRate = 125000000: 1 Gbps
            wavelength = 5: significant to the sender only
            """),
        new("BEGIN_VERIFY_ACK", "01 09 0008  03E8 8000", new BeginVerifyAckObject(1000, VerifyTransport.Payload),
            """
            verifyDeadInterval = 1000: ms without a Test message until a data link has failed
            verifyTransportResponse = 32768: Payload
            """),
        new("BEGIN_VERIFY_ACK: two transports", "01 09 0008  0001 0042",
            new BeginVerifyAckObject(1, VerifyTransport.Dccs | VerifyTransport.J1Trace),
            """
            verifyDeadInterval = 1: ms without a Test message until a data link has failed
            verifyTransportResponse = 66: DCCS (if SONET/SDH), J1-trace (if SONET/SDH): exactly one is allowed
            """),
        new("BEGIN_VERIFY_ACK: no transport", "01 09 0008  0001 0000", new BeginVerifyAckObject(1, VerifyTransport.None),
            """
            verifyDeadInterval = 1: ms without a Test message until a data link has failed
            verifyTransportResponse = 0: none: exactly one is allowed
            """),
    ];
}
