// RFC 4204 §12.6, RFC 4209 §2.3
using static OpenLmp.Wire.Tests.Vectors.Vector;

namespace OpenLmp.Wire.Tests.Vectors;

internal static class LinkSummaryVectors
{
    public static IReadOnlyList<MessageVector> All { get; } =
    [
        new("LinkSummary",
            """
            10 00 00 0E  # Msg Type 14
            00 60 00 00  # LMP Length 96
            01 05 00 08  # MESSAGE_ID
            00 00 00 30
            03 0B 00 10  # Unnumbered TE_LINK: C-Type 3, Class 11, Length 16
            03 00 00 00  #   Flags Fault Management, Link Verification; Reserved
            00 00 00 01  #   Local_Link_Id 1
            00 00 00 02  #   Remote_Link_Id 2
            03 0C 00 24  # Unnumbered DATA_LINK: C-Type 3, Class 12, Length 36
            01 00 00 00  #   Flags port; Reserved
            00 00 00 65  #   Local_Interface_Id 101
            00 00 00 C9  #   Remote_Interface_Id 201
            01 0C 96 08  #   Interface Switching Type: Type 1, Length 12, 150 LSC, EncType 8 Lambda
            4E 95 02 F9  #     Minimum Reservable Bandwidth: 10GigE-LAN as RFC 3471 §3.1.2 lists it
            4E 95 02 F9  #     Maximum Reservable Bandwidth
            02 08 00 00  #   Wavelength: Type 2, Length 8, Reserved
            00 00 06 0E  #     1550
            83 0C 00 1C  # DATA_LINK: N 1, Length 28
            06 00 00 00  #   Flags Allocated, Failed: a component link
            00 00 00 66  #   102
            00 00 00 CA  #   202
            01 0C 01 02  #   PSC-1, Ethernet
            3F 80 00 00  #     1.0
            4E 95 02 F9  #     1250000000.0
            """,
            new LinkSummaryMessage(48, new TeLinkObject(TeLinkFlags.FaultManagement | TeLinkFlags.LinkVerification, Number(1), Number(2)),
                new DataLinkObject(DataLinkFlags.Port, Number(101), Number(201),
                    [new InterfaceSwitchingType(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f), new Wavelength(1550)]),
                new DataLinkObject(DataLinkFlags.Allocated | DataLinkFlags.Failed, Number(102), Number(202),
                    [new InterfaceSwitchingType(SwitchingType.Psc1, EncodingType.Ethernet, 1, 1.25e9f)]) { Negotiable = true })),

        new("LinkSummary: IPv4",
            """
            10 00 00 0E
            00 30 00 00  # LMP Length 48
            01 05 00 08
            00 00 00 31
            01 0B 00 10  # IPv4 TE_LINK: C-Type 1
            00 00 00 00
            C0 00 02 01  #   192.0.2.1
            C0 00 02 02  #   192.0.2.2
            01 0C 00 10  # IPv4 DATA_LINK: C-Type 1, no subobject
            00 00 00 00
            C6 33 64 01  #   198.51.100.1
            C6 33 64 02  #   198.51.100.2
            """,
            new LinkSummaryMessage(49, new TeLinkObject(TeLinkFlags.None, Address("192.0.2.1"), Address("192.0.2.2")),
                new DataLinkObject(DataLinkFlags.None, Address("198.51.100.1"), Address("198.51.100.2"), []))),

        new("LinkSummary: IPv6",
            """
            10 00 00 0E
            00 64 00 00  # LMP Length 100
            01 05 00 08
            00 00 00 32
            02 0B 00 28  # IPv6 TE_LINK: C-Type 2, Length 40
            02 00 00 00  #   Link Verification
            20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 01
            20 01 0D B8 00 00 00 00 00 00 00 00 00 00 00 02
            02 0C 00 2C  # IPv6 DATA_LINK: C-Type 2, Length 44
            01 00 00 00
            20 01 0D B8 00 01 00 00 00 00 00 00 00 00 00 65
            20 01 0D B8 00 02 00 00 00 00 00 00 00 00 00 C9
            05 04 0D 00  #   BER Estimate: Type 5, Length 4, 10^-13, Reserved
            """,
            new LinkSummaryMessage(50, new TeLinkObject(TeLinkFlags.LinkVerification, Address("2001:db8::1"), Address("2001:db8::2")),
                new DataLinkObject(DataLinkFlags.Port, Address("2001:db8:1::65"), Address("2001:db8:2::c9"), [new BerEstimate(13)]))),

        new("LinkSummary: what an OLS announces",
            """
            10 00 00 0E
            00 64 00 00  # LMP Length 100
            01 05 00 08
            00 00 00 33
            03 0B 00 10  # TE_LINK
            01 00 00 00
            00 00 00 01
            00 00 00 02
            03 0C 00 44  # DATA_LINK, Length 68
            01 00 00 00
            00 00 00 65
            00 00 00 C9
            03 08 00 00  #   Link Group ID: Type 3, Length 8
            00 00 00 07  #     7
            03 08 00 00  #   and another
            00 00 00 08  #     8
            04 0C 00 00  #   SRLG: Type 4, Length 12
            00 00 00 0B  #     11
            00 00 00 16  #     22
            05 04 0D 00  #   BER Estimate: Type 5, Length 4, 10^-13
            06 04 00 10  #   Optical Protection: Type 6, Length 4, Dedicated 1+1
            07 08 00 00  #   Total Span Length: Type 7, Length 8
            00 01 38 80  #     80000 m
            08 08 00 00  #   Administrative Group: Type 8, Length 8
            00 00 00 05  #     groups 0 and 2
            """,
            new LinkSummaryMessage(51, new TeLinkObject(TeLinkFlags.FaultManagement, Number(1), Number(2)),
                new DataLinkObject(DataLinkFlags.Port, Number(101), Number(201),
                [
                    new LinkGroupId(7), new LinkGroupId(8), new Srlg([11, 22]), new BerEstimate(13), new OpticalProtection(LinkProtection.Dedicated1Plus1),
                    new TotalSpanLength(80000), new AdministrativeGroup(5),
                ]))),

        new("LinkSummaryAck",
            """
            10 00 00 0F  # Msg Type 15
            00 10 00 00  # LMP Length 16
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 30
            """,
            new LinkSummaryAckMessage(48)),

        new("LinkSummaryNack",
            """
            10 00 00 10  # Msg Type 16
            00 34 00 00  # LMP Length 52
            02 05 00 08  # MESSAGE_ID_ACK
            00 00 00 30
            02 14 00 08  # LINK_SUMMARY_ERROR: C-Type 2, Class 20
            00 00 00 03  #   Unacceptable non-negotiable, Renegotiate
            83 0C 00 1C  # DATA_LINK: N 1, acceptable values
            00 00 00 00
            00 00 00 66
            00 00 00 CA
            01 0C 01 02
            3F 80 00 00
            40 00 00 00
            """,
            new LinkSummaryNackMessage(48, LinkSummaryErrors.UnacceptableNonNegotiable | LinkSummaryErrors.Renegotiate,
                new DataLinkObject(DataLinkFlags.None, Number(102), Number(202),
                    [new InterfaceSwitchingType(SwitchingType.Psc1, EncodingType.Ethernet, 1, 2)]) { Negotiable = true })),

        new("LinkSummaryNack: nothing but the error",
            """
            10 00 00 10
            00 18 00 00  # LMP Length 24
            02 05 00 08
            00 00 00 30
            02 14 00 08
            00 00 00 1C  #   Invalid TE_LINK, Invalid DATA_LINK, Unknown TE_LINK C-Type
            """,
            new LinkSummaryNackMessage(48, LinkSummaryErrors.InvalidTeLink | LinkSummaryErrors.InvalidDataLink | LinkSummaryErrors.UnknownTeLinkCType)),

        new("LinkSummaryNack: returns a DATA_LINK of unknown C-Type",
            """
            10 00 00 10
            00 20 00 00  # LMP Length 32
            02 05 00 08
            00 00 00 30
            02 14 00 08
            00 00 00 20  #   Unknown DATA_LINK object C-Type
            7F 0C 00 08  # DATA_LINK: C-Type 127
            12 34 56 78
            """,
            new LinkSummaryNackMessage(48, LinkSummaryErrors.UnknownDataLinkCType, new UnknownObject(ObjectClass.DataLink, 127, [0x12, 0x34, 0x56, 0x78]))),
    ];
}
