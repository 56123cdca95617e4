// RFC 4204 §4-6; RFC 5818
using static OpenLmp.Api.ConfigurationEffect;

namespace OpenLmp.Hosting;

/// <summary>The keys of <c>te-links</c>.</summary>
internal static class TeLinkKeys
{
    private static readonly ConfigurationKey[] Verification =
    [
        new("interval", ValueTypes.DurationOf("1ms to 65535ms", "200ms"), "150ms", Correlation, "VerifyInterval (§13.8): time between two Test messages on a data link"),
        new("dead-interval", ValueTypes.DurationOf("1ms to 65535ms", "2s"), "1s", Correlation, "VerifyDeadInterval (§13.9): silence after which the neighbour's Test message counts as lost"),
        new("retry", ValueTypes.DurationOf("at least 1s", "20s"), "10s", Correlation, "Rf (§12.5.3): time until a neighbour that is unwilling is asked again"),
        new("periodic", ValueTypes.Duration with { Name = "duration, at least 1s, or 0", Example = "2h" }, "1h", Correlation, "free data links are verified again and again after this time (§5), and soon after the signal of one was gone and is back. 0: neither"),
        new("on-establishment", ValueTypes.Truth, "true", Correlation, "verify data links that have not been verified when the neighbour comes up, before LinkSummary (§5)"),
        new("one-at-a-time", ValueTypes.Truth, "false", Correlation, "the data plane can test, or listen on, one data link at a time only (§5). They take turns, in the order of the Interface_Ids of the end that receives the Test messages; set it at both ends"),
        new("transports", new ListType(ValueTypes.Transport with { Example = "payload" }), null, Correlation, "how Test messages may travel, the preferred way first (§13.8; RFC 4207 §3.1). All but `payload` are for `encoding: sdh`, with a neighbour that supports RFC 4207, and an external [data plane](data-plane.md) that can do them; see [traces](trace.md#verification). The end that receives the Test messages chooses among what the other end offers; by itself it prefers `payload`, then in this order") { Otherwise = "all that are possible" },
    ];

    private static readonly ConfigurationKey[] Signal =
    [
        new("hold-off", ValueTypes.Duration, "0s", Correlation, "how long a signal has to be worse before that is believed (§6.1); 0: at once"),
        new("hold-on", ValueTypes.Duration, "1s", Correlation, "how long a signal has to be better before that is believed (§6.1); what fails again meanwhile flaps"),
    ];

    /// <summary>The keys of a TE link.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("name", ValueTypes.Name, null, TeLink, "what the TE link is called; unique") { Required = true },
        new("neighbor", ValueTypes.Name, null, TeLink, "the neighbour at its other end") { Required = true },
        new("local-id", ValueTypes.LinkId, null, TeLink, "this node's Link_Id (§13.3, §13.11); unique among those of its type") { Required = true },
        new("remote-id", ValueTypes.LinkId, null, Correlation, "the neighbour's Link_Id; of the same type as `local-id` (§4), and of one TE link only") { Otherwise = "learned" },
        new("fault-management", ValueTypes.Truth, "true", Correlation, "Fault Management Supported (§6, §13.11)"),
        new("link-verification", ValueTypes.Truth, "true", Correlation, "Link Verification Supported (§5, §13.11)"),
        new("verification", new SectionType(Verification), null, Correlation, "how its data links are verified (§5)"),
        new("signal", new SectionType(Signal), null, Correlation, "when a change of the signal on its data links is believed (§6.1)"),
        new("confirm-interval", ValueTypes.Duration with { Example = "2h" }, "0", Correlation, "time between [status confirmations](status-confirmation.md) (RFC 5818); `0`: none at intervals. Less than 1min is warned of: it is not meant as a continuous monitor (RFC 5818 §4)"),
        new("confirm-retry", ValueTypes.PositiveDuration, "10min", Correlation, "time to the next confirmation after the neighbour was unwilling (RFC 5818 §5.1.3)"),
        new("confirm-after-outage", ValueTypes.Duration, "10s", Correlation, "time from the return of a lost adjacency, or the restart of the neighbour, to a confirmation (RFC 5818); `0`: none"),
        new("data-links", new TableType("data link", "name", DataLinkKeys.All), null, DataLink, "the data links it consists of (§4)"),
    ];
}
