// RFC 4204 §1.1, §13.12; RFC 4209 §2.3; RFC 5818 §5.2; RFC 4207 §4
using static OpenLmp.Api.ConfigurationEffect;

namespace OpenLmp.Hosting;

/// <summary>The keys of <c>data-links</c>.</summary>
internal static class DataLinkKeys
{
    private static readonly ConfigurationKey[] Range =
    [
        new("min", ValueTypes.Bandwidth, null, Correlation, "the least bandwidth of a range, which is negotiable (§13.12.1.1)") { Required = true },
        new("max", ValueTypes.Bandwidth, null, Correlation, "the most") { Required = true },
    ];

    private static readonly ConfigurationKey[] Capability =
    [
        new("switching-type", ValueTypes.Switching, "lsc", Correlation, "switching type (§13.12.1.1, RFC 3471 §3.1.1)"),
        new("encoding", ValueTypes.Encoding, "lambda", Correlation, "LSP encoding type (§13.12.1.1, RFC 3471 §3.1.1)"),
        new("bandwidth", new EitherType(ValueTypes.Bandwidth, Range), null, Correlation, "reservable bandwidth (§13.12.1.1). A range is negotiable") { Required = true },
    ];

    private static readonly ConfigurationKey[] Trace =
    [
        new("type", ValueTypes.Trace, null, Correlation, "which overhead byte, and in which frame (RFC 4207 §4.1.1.1). Each byte once in a data link") { Required = true },
        new("send", ValueTypes.TraceText, null, Correlation, "what is sent; the neighbour is asked to monitor for it. 15 characters fit the 16-byte frame, 62 the 64-byte frame"),
        new("expect", ValueTypes.TraceText, null, Correlation, "what is expected; the neighbour is asked to send it"),
    ];

    /// <summary>The keys of a data link.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("name", ValueTypes.Name, null, DataLink, "what the data link is called; unique over all TE links") { Required = true },
        new("local-id", ValueTypes.InterfaceId, null, DataLink, "this node's Interface_Id (§13.4, §13.12); unique among those of its type, over all TE links") { Required = true },
        new("remote-id", ValueTypes.InterfaceId, null, Correlation, "the neighbour's Interface_Id, of the same type (§4), and of one data link only. Where it is left out, verification finds it (§5)") { Otherwise = "learned" },
        new("interface", ValueTypes.Interface, null, Correlation, "the interface that is the data link; required with `data-plane: linux`"),
        new("port", ValueTypes.Truth, "true", Correlation, "`true`: a port. `false`: a component link, which can multiplex (§1)"),
        new("component-link", ValueTypes.Name, null, Correlation, "the data link is a sub-channel of this component link (§1): a signal reported for the component link is reported for all of its sub-channels. With `data-plane: linux`, sub-channels of one component link are on one `interface`. No data link has this name"),
        new("through", ValueTypes.Name, null, Correlation, "the data link to a line system (`wdm: ols`) that this data link to a peer node begins with (RFC 4209 §2.2); of each, one. With `data-plane: linux` both may be on one `interface`. See [line systems](line-systems.md)"),
        // Beside capabilities they are refused, so that bandwidth is not always needed.
        .. Capability.Select(key => key with { Required = false, Otherwise = key.Required ? "needed, unless `capabilities` are given" : null }),
        new("capabilities", new TableType("capability", null, Capability), null, Correlation, "several switching capabilities: each entry has `switching-type`, `encoding` and `bandwidth`, which then do not stand beside it (§13.12.1.1)"),
        new("wavelength", ValueTypes.Uint32, "0", Correlation, "means something between the two neighbours only (§13.12.1.2); 0: not told"),
        new("srlg", new ListType(ValueTypes.Uint32), null, Correlation, "shared risk link groups (RFC 4209 §2.3.2)"),
        new("link-groups", new ListType(ValueTypes.Uint32), null, Correlation, "Link Group IDs (RFC 4209 §2.3.1); 0xFFFFFFFF, the whole TE link, goes without saying"),
        new("ber", ValueTypes.Number(0, 255, "9"), null, Correlation, "bit error rate estimate: 13 is 10 to the minus 13 (RFC 4209 §2.3.3)"),
        new("span-length", ValueTypes.Uint32, null, Correlation, "length of the span in metres (RFC 4209 §2.3.5)"),
        new("optical-protection", new ListType(ValueTypes.Protection), null, Correlation, "protection by the optical line system (RFC 4209 §2.3.4, RFC 3471 §7)"),
        new("administrative-group", ValueTypes.Uint32, null, Correlation, "administrative group or color, a bit each (RFC 4209 §2.3.6)"),
        new("channels", new ListType(ValueTypes.Label), null, Correlation, "labels of the data channels, as the neighbour is told them (RFC 5818 §5.2): a number is a label of 4 bytes, `hex:0a0b0c` one of 1 to 251 bytes") { Otherwise = "`local-id`" },
        new("trace", new OneOrMoreType("trace", Trace), null, Correlation, "[trace messages](trace.md) in the overhead (RFC 4207 §4): with `encoding: sdh` and an external data plane"),
    ];
}
