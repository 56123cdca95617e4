// RFC 4204 §13.12.1, RFC 4209 §2.3, RFC 5818 §5.2
namespace OpenLmp.Wire.Tests.Vectors;

internal static class SubobjectVectors
{
    public static IReadOnlyList<SubobjectVector> All { get; } =
    [
        new("Interface Switching Type", "01 0C 96 08  4B9450C0  4E9450C0",
            new InterfaceSwitchingType(SwitchingType.Lsc, EncodingType.Lambda, 19440000f, 1244160000f), // RFC 3471 §3.1.2: OC-3/STM-1, OC-192/STM-64
            """
            switchingType = "lsc"
            encoding = "lambda"
            minimumBandwidth = 19440000: 155.52 Mbps
            maximumBandwidth = 1244160000: 9.95328 Gbps
            """),
        new("Interface Switching Type: values no RFC defines", "01 0C FF 06  00000000  7F800000",
            new InterfaceSwitchingType((SwitchingType)255, (EncodingType)6, 0, float.PositiveInfinity),
            """
            switchingType = "255"
            encoding = "6"
            minimumBandwidth = 0: 0 bps
            maximumBandwidth = Infinity: Infinity bps
            """),
        new("Wavelength", "02 08 0000  0000060E", new Wavelength(1550), "wavelength = 1550: significant between the two neighbours only"),
        new("Link Group ID", "03 08 0000  00000007", new LinkGroupId(7), "linkGroupId = 7: a group that may fail together"),
        new("Link Group ID: all", "03 08 0000  FFFFFFFF", new LinkGroupId(LinkGroupId.AllDataLinks), "linkGroupId = 4294967295: all data links of the TE link"),
        new("SRLG", "04 0C 0000  0000000B  FFFFFFFF", new Srlg([11, 0xFFFFFFFF]),
            """
            srlgs
              srlg = 11: shares a risk with the other links of this group
            srlgs
              srlg = 4294967295: shares a risk with the other links of this group
            """),
        new("SRLG: none", "04 04 0000", new Srlg([]), ""),
        new("BER Estimate", "05 04 0D 00", new BerEstimate(13), "ber = 13: one bit in 10^13 is in error"),
        new("Optical Protection", "06 04 00 3F",
            new OpticalProtection(LinkProtection.ExtraTraffic | LinkProtection.Unprotected | LinkProtection.Shared | LinkProtection.Dedicated1To1
                | LinkProtection.Dedicated1Plus1 | LinkProtection.Enhanced),
            "linkFlags = 63: extra-traffic, unprotected, shared, dedicated-1to1, dedicated-1plus1, enhanced"),
        new("Optical Protection: none", "06 04 00 00", new OpticalProtection(LinkProtection.None), "linkFlags = 0: none"),
        new("Total Span Length", "07 08 0000  00013880", new TotalSpanLength(80000), "spanLength = 80000: m of fibre in the WDM span"),
        new("Administrative Group", "08 08 0000  80000005", new AdministrativeGroup(0x80000005),
            "administrativeGroup = 2147483653: 0x80000005: one bit for each group (colour)"),
        new("Data Channel Status", "09 08 0001  00000065", new DataChannelStatusSubobject(DataChannelStatus.InUse, [0, 0, 0, 0x65]),
            """
            dataChannelStatus = 1: the channel is unavailable/in-use
            dataChannelId = "00000065": the channel's label, as the asking node knows it
            """),
        new("Data Channel Status: 1 byte of Data Channel ID", "09 05 0000  AA 000000", new DataChannelStatusSubobject(DataChannelStatus.Free, [0xAA]),
            """
            dataChannelStatus = 0: the channel is available/free
            dataChannelId = "aa": the channel's label, as the asking node knows it
            """),
        new("Data Channel Status: 2 bytes", "09 06 0000  AABB 0000", new DataChannelStatusSubobject(DataChannelStatus.Free, [0xAA, 0xBB]),
            """
            dataChannelStatus = 0: the channel is available/free
            dataChannelId = "aabb": the channel's label, as the asking node knows it
            """),
        new("Data Channel Status: 3 bytes, other status bits", "09 07 8000  AABBCC 00", new DataChannelStatusSubobject((DataChannelStatus)0x8000, [0xAA, 0xBB, 0xCC]),
            """
            dataChannelStatus = 32768: the channel is available/free, reserved bits 0x8000
            dataChannelId = "aabbcc": the channel's label, as the asking node knows it
            """),
        new("Data Channel Status: no Data Channel ID", "09 04 0001", new DataChannelStatusSubobject(DataChannelStatus.InUse, []),
            """
            dataChannelStatus = 1: the channel is unavailable/in-use
            dataChannelId = "": the channel's label, as the asking node knows it
            """),
        new("unknown", "FA 08 01 02 03 04 05 06", new UnknownSubobject(250, [1, 2, 3, 4, 5, 6]), "body = \"010203040506\": not defined by the RFCs; kept as it is"),
        new("unknown: Type 0", "00 04 0000", new UnknownSubobject(0, [0, 0]), "body = \"0000\": not defined by the RFCs; kept as it is"),
    ];
}
