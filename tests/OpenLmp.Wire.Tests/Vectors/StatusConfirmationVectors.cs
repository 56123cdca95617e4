// RFC 5818 §5
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class StatusConfirmationVectors
{
    public static IReadOnlyList<MessageVector> All { get; } =
    [
        new("ConfirmDataChannelStatus",
            """
            10 00 00 20  # Msg Type 32
            00 58 00 00  # LMP Length 88
            05 03 00 08  # LOCAL_LINK_ID
            00 00 00 01
            01 05 00 08  # MESSAGE_ID
            00 00 00 60
            03 0C 00 24  # Unnumbered DATA_LINK, Length 36
            01 00 00 00
            00 00 00 65
            00 00 00 C9
            09 08 00 01  #   Data Channel Status: Type 9, Length 8, in-use
            00 00 00 65  #     Data Channel ID
            09 09 00 00  #   Data Channel Status: Length 9, free
            01 02 03 04  #     Data Channel ID of 5 bytes
            05 00 00 00  #     and padding outside the Length
            03 0C 00 1C  # DATA_LINK, Length 28
            01 00 00 00
            00 00 00 66
            00 00 00 CA
            09 0A 00 01  #   Length 10, in-use
            AA BB CC DD
            EE FF 00 00  #     two bytes of padding
            """,
            new ConfirmDataChannelStatusMessage(Number(1), 96,
                new DataLinkObject(DataLinkFlags.Port, Number(101), Number(201),
                [
                    new DataChannelStatusSubobject(DataChannelStatus.InUse, [0, 0, 0, 0x65]),
                    new DataChannelStatusSubobject(DataChannelStatus.Free, [1, 2, 3, 4, 5]),
                ]),
                new DataLinkObject(DataLinkFlags.Port, Number(102), Number(202),
                    [new DataChannelStatusSubobject(DataChannelStatus.InUse, [0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF])]))),

        new("ConfirmDataChannelStatusAck",
            """
            10 00 00 21  # Msg Type 33
            00 28 00 00  # LMP Length 40
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 60
            01 0C 00 18  # IPv4 DATA_LINK, Length 24
            01 00 00 00
            C6 33 64 02
            C6 33 64 01
            09 07 00 00  #   Data Channel Status: Length 7, free
            AB CD EF 00  #     3 bytes and padding
            """,
            new ConfirmDataChannelStatusAckMessage(96, new DataLinkObject(DataLinkFlags.Port, Address("198.51.100.2"), Address("198.51.100.1"),
                [new DataChannelStatusSubobject(DataChannelStatus.Free, [0xAB, 0xCD, 0xEF])]))),

        new("ConfirmDataChannelStatusNack",
            """
            10 00 00 22  # Msg Type 34
            00 20 00 00  # LMP Length 32
            05 03 00 08  # LOCAL_LINK_ID
            00 00 00 02
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 60
            04 14 00 08  # ERROR_CODE: C-Type 4, Class 20
            00 00 00 02  #   Unwilling to Confirm
            """,
            new ConfirmDataChannelStatusNackMessage(Number(2), 96, ConfirmDataChannelStatusErrors.Unwilling)),

        new("ConfirmDataChannelStatusNack: no LOCAL_LINK_ID",
            """
            10 00 00 22
            00 18 00 00  # LMP Length 24
            02 05 00 08
            00 00 00 60
            04 14 00 08
            00 00 00 01  #   Channel Status Confirmation Procedure not supported
            """,
            new ConfirmDataChannelStatusNackMessage(null, 96, ConfirmDataChannelStatusErrors.NotSupported)),
    ];
}
