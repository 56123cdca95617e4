// RFC 4204 §12.7, RFC 4209 §2.4.1
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class FaultManagementVectors
{
    public static IReadOnlyList<MessageVector> All { get; } =
    [
        new("ChannelStatus",
            """
            10 00 00 11  # Msg Type 17
            00 2C 00 00  # LMP Length 44
            05 03 00 08  # LOCAL_LINK_ID
            00 00 00 01
            01 05 00 08  # MESSAGE_ID
            00 00 00 40
            03 0D 00 14  # Unnumbered CHANNEL_STATUS: C-Type 3, Class 13, Length 20
            00 00 00 65  #   Interface_Id 101
            80 00 00 03  #   A 1, D 0 receive, Signal Fail
            00 00 00 66  #   Interface_Id 102
            40 00 00 01  #   A 0, D 1 transmit, Signal Okay
            """,
            new ChannelStatusMessage(Number(1), 64, new ChannelStatusObject(IdentifierType.Unnumbered,
            [
                Channel(Number(101), true, ChannelDirection.Receive, ChannelCondition.SignalFail),
                Channel(Number(102), false, ChannelDirection.Transmit, ChannelCondition.SignalOkay),
            ]))),

        new("ChannelStatus: the entire TE link",
            """
            10 00 00 11
            00 24 00 00  # LMP Length 36
            01 03 00 08  # IPv4 LOCAL_LINK_ID
            C0 00 02 01
            01 05 00 08
            00 00 00 41
            01 0D 00 0C  # IPv4 CHANNEL_STATUS: C-Type 1, Length 12
            00 00 00 00  #   Interface_Id 0
            C0 00 00 03  #   A 1, D 1, Signal Fail
            """,
            new ChannelStatusMessage(Address("192.0.2.1"), 65, new ChannelStatusObject(IdentifierType.IPv4,
                [Channel(Address("0.0.0.0"), true, ChannelDirection.Transmit, ChannelCondition.SignalFail)]))),

        new("ChannelStatus: no Interface_Id",
            """
            10 00 00 11
            00 1C 00 00  # LMP Length 28
            05 03 00 08
            00 00 00 01
            01 05 00 08
            00 00 00 42
            03 0D 00 04  # CHANNEL_STATUS without contents
            """,
            new ChannelStatusMessage(Number(1), 66, new ChannelStatusObject(IdentifierType.Unnumbered, []))),

        new("ChannelStatus: several CHANNEL_STATUS objects",
            """
            10 00 00 11
            00 44 00 00  # LMP Length 68
            05 03 00 08
            00 00 00 01
            01 05 00 08
            00 00 00 43
            02 0D 00 18  # IPv6 CHANNEL_STATUS: C-Type 2, Length 24
            20 01 0D B8 00 01 00 00 00 00 00 00 00 00 00 65
            00 00 00 02  #   A 0, D 0, Signal Degrade
            04 0D 00 14  # LINK_GROUP CHANNEL_STATUS: C-Type 4, Length 20
            00 00 00 07  #   Link Group ID 7
            80 00 00 03  #   A 1, D 0, Signal Fail
            FF FF FF FF  #   all data links
            00 00 00 01  #   Signal Okay
            """,
            new ChannelStatusMessage(Number(1), 67,
                new ChannelStatusObject(IdentifierType.IPv6,
                    [Channel(Address("2001:db8:1::65"), false, ChannelDirection.Receive, ChannelCondition.SignalDegrade)]),
                new LinkGroupChannelStatus(
                [
                    new LinkGroupStatusEntry(7, new ChannelState(true, ChannelDirection.Receive, ChannelCondition.SignalFail)),
                    new LinkGroupStatusEntry(0xFFFFFFFF, new ChannelState(false, ChannelDirection.Receive, ChannelCondition.SignalOkay)),
                ]))),

        new("ChannelStatusAck",
            """
            10 00 00 12  # Msg Type 18
            00 10 00 00
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 40
            """,
            new ChannelStatusAckMessage(64)),

        new("ChannelStatusRequest",
            """
            10 00 00 13  # Msg Type 19
            00 24 00 00  # LMP Length 36
            05 03 00 08  # LOCAL_LINK_ID
            00 00 00 01
            01 05 00 08  # MESSAGE_ID
            00 00 00 44
            03 0E 00 0C  # Unnumbered CHANNEL_STATUS_REQUEST: C-Type 3, Class 14, Length 12
            00 00 00 65  #   101
            00 00 00 66  #   102
            """,
            new ChannelStatusRequestMessage(Number(1), 68, new ChannelStatusRequestObject(IdentifierType.Unnumbered, [Number(101), Number(102)]))),

        new("ChannelStatusRequest: all of the TE link",
            """
            10 00 00 13
            00 18 00 00
            05 03 00 08
            00 00 00 01
            01 05 00 08
            00 00 00 44
            """,
            new ChannelStatusRequestMessage(Number(1), 68)),

        new("ChannelStatusResponse",
            """
            10 00 00 14  # Msg Type 20
            00 1C 00 00  # LMP Length 28
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 44
            03 0D 00 0C  # CHANNEL_STATUS
            00 00 00 C9
            BF FF FF FF  #   A 1, D 0, a Channel_Status that is not defined
            """,
            new ChannelStatusResponseMessage(68, new ChannelStatusObject(IdentifierType.Unnumbered,
                [Channel(Number(201), true, ChannelDirection.Receive, (ChannelCondition)0x3FFFFFFF)]))),
    ];
}
