// RFC 4204 §12.3-12.4, RFC 4209 §2.1, RFC 6898 §2-3
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class ControlChannelVectors
{
    public static IReadOnlyList<MessageVector> All { get; } =
    [
        new("Config",
            """
            10 00 00 01  # Vers 1, Reserved, Flags, Msg Type 1
            00 28 00 00  # LMP Length 40, Reserved
            01 01 00 08  # LOCAL_CCID: N 0, C-Type 1, Class 1, Length 8
            00 00 00 05  #   CC_Id 5
            01 05 00 08  # MESSAGE_ID: C-Type 1, Class 5
            00 00 00 2A  #   Message_Id 42
            01 02 00 08  # LOCAL_NODE_ID: C-Type 1, Class 2
            0A 00 00 01  #   Node_Id 10.0.0.1
            81 06 00 08  # HelloConfig: N 1, C-Type 1, Class 6
            00 96 01 F4  #   HelloInterval 150, HelloDeadInterval 500
            """,
            new ConfigMessage(5, 42, Node("10.0.0.1"), new HelloConfig(150, 500) { Negotiable = true })),

        new("Config: LMP Restart, all three CONFIG objects",
            """
            10 00 02 01  # Flags 0x02 LMP Restart, Msg Type 1
            00 38 00 00  # LMP Length 56
            01 01 00 08  # LOCAL_CCID
            00 00 00 05
            01 05 00 08  # MESSAGE_ID
            FF FF FF FF
            01 02 00 08  # LOCAL_NODE_ID
            C0 00 02 01  #   192.0.2.1
            81 06 00 08  # HelloConfig, negotiable
            00 00 00 00  #   no Hello
            02 06 00 08  # LMP-WDM_CONFIG: C-Type 2, Class 6
            C0 00 00 00  #   W 1, O 1
            83 06 00 08  # BehaviorConfig: N 1, C-Type 3, Class 6
            E0 00 00 00  #   S 1, D 1, C 1, MBZ 0
            """,
            new ConfigMessage(5, 0xFFFFFFFF, Node("192.0.2.1"), new HelloConfig(0, 0) { Negotiable = true }, new LmpWdmConfig(Wdm: true, Ols: true),
                new BehaviorConfig(LmpBehaviors.SonetSdhTrace | LmpBehaviors.Dwdm | LmpBehaviors.ConsistencyCheck)) { Flags = HeaderFlags.LmpRestart }),

        new("ConfigAck",
            """
            10 00 00 02  # Msg Type 2
            00 30 00 00  # LMP Length 48
            01 01 00 08  # LOCAL_CCID
            00 00 00 09  #   CC_Id 9
            01 02 00 08  # LOCAL_NODE_ID
            0A 00 00 02  #   10.0.0.2
            02 01 00 08  # REMOTE_CCID: C-Type 2, Class 1
            00 00 00 05  #   CC_Id 5
            02 05 00 08  # MESSAGE_ID_ACK: C-Type 2, Class 5
            00 00 00 2A  #   Message_Id 42
            02 02 00 08  # REMOTE_NODE_ID: C-Type 2, Class 2
            0A 00 00 01  #   10.0.0.1
            """,
            new ConfigAckMessage(9, Node("10.0.0.2"), 5, 42, Node("10.0.0.1"))),

        new("ConfigAck: repeats the CONFIG objects, MBZ bits as they were",
            """
            10 00 00 02  # Msg Type 2
            00 3C 00 00  # LMP Length 60
            01 01 00 08
            00 00 00 09
            01 02 00 08
            0A 00 00 02
            02 01 00 08
            00 00 00 05
            02 05 00 08
            00 00 00 2A
            02 02 00 08
            0A 00 00 01
            83 06 00 0C  # BehaviorConfig: N 1, Length 12: 64 flag bits
            80 00 00 01  #   S 1, D 0, C 0, an MBZ bit
            00 00 00 00
            """,
            new ConfigAckMessage(9, Node("10.0.0.2"), 5, 42, Node("10.0.0.1"), new BehaviorConfig([0x80000001, 0]) { Negotiable = true })),

        new("ConfigNack",
            """
            10 00 00 03  # Msg Type 3
            00 38 00 00  # LMP Length 56
            01 01 00 08  # LOCAL_CCID
            00 00 00 09
            01 02 00 08  # LOCAL_NODE_ID
            0A 00 00 02
            02 01 00 08  # REMOTE_CCID
            00 00 00 05
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 2A
            02 02 00 08  # REMOTE_NODE_ID
            0A 00 00 01
            81 06 00 08  # HelloConfig, negotiable: acceptable values
            03 E8 0B B8  #   1000, 3000
            """,
            new ConfigNackMessage(9, Node("10.0.0.2"), 5, 42, Node("10.0.0.1"), new HelloConfig(1000, 3000) { Negotiable = true })),

        new("ConfigNack: returns a CONFIG object of unknown C-Type",
            """
            10 00 00 03  # Msg Type 3
            00 3A 00 00  # LMP Length 58
            01 01 00 08
            00 00 00 09
            01 02 00 08
            0A 00 00 02
            02 01 00 08
            00 00 00 05
            02 05 00 08
            00 00 00 2A
            02 02 00 08
            0A 00 00 01
            89 06 00 0A  # CONFIG: N 1, C-Type 9, Length 10
            01 02 03 04
            05 06
            """,
            new ConfigNackMessage(9, Node("10.0.0.2"), 5, 42, Node("10.0.0.1"),
                new UnknownObject(ObjectClass.Config, 9, [1, 2, 3, 4, 5, 6]) { Negotiable = true })),

        new("Hello",
            """
            10 00 00 04  # Msg Type 4
            00 1C 00 00  # LMP Length 28
            01 01 00 08  # LOCAL_CCID
            00 00 00 05
            01 07 00 0C  # HELLO: C-Type 1, Class 7, Length 12
            00 00 00 02  #   TxSeqNum 2
            00 00 00 01  #   RcvSeqNum 1
            """,
            new HelloMessage(5, 2, 1)),

        new("Hello: both flags",
            """
            10 00 03 04  # Flags 0x01 ControlChannelDown, 0x02 LMP Restart; Msg Type 4
            00 1C 00 00
            01 01 00 08
            FF FF FF FE
            01 07 00 0C
            00 00 00 01
            00 00 00 00
            """,
            new HelloMessage(0xFFFFFFFE, 1, 0) { Flags = HeaderFlags.ControlChannelDown | HeaderFlags.LmpRestart }),

        new("Hello: without LOCAL_CCID",
            """
            10 00 00 04
            00 14 00 00  # LMP Length 20
            01 07 00 0C
            00 00 00 02
            00 00 00 01
            """,
            new HelloMessage([new HelloObject(2, 1)])),
    ];
}
