// RFC 4204 §2, §3, §9, §10
using static OpenLmp.Api.ConfigurationEffect;

namespace OpenLmp.Hosting;

/// <summary>The keys of <c>neighbors</c>.</summary>
internal static class NeighborKeys
{
    private static readonly ConfigurationKey[] HelloRange =
    [
        new("prefer", ValueTypes.HelloMilliseconds, null, Negotiation, "what is proposed; within the range") { Required = true },
        new("min", ValueTypes.HelloMilliseconds, null, Negotiation, "the least that is accepted") { Otherwise = "`10ms`, or `prefer` if that is less" },
        new("max", ValueTypes.HelloMilliseconds, "65535ms", Negotiation, "the most that is accepted"),
    ];

    private static readonly EitherType Hello = new(ValueTypes.Duration, HelloRange);

    private static readonly ConfigurationKey[] Retransmit =
    [
        new("interval", ValueTypes.PositiveDuration, "500ms", Live, "Ri: time to the first retransmission (§10); at least 1ms"),
        new("delta", ValueTypes.Number(0, 100, "2") with { Pattern = null, Canonical = text => text }, "1", Live, "each interval is 1 + delta times the one before (§10), fractions are allowed; with 1 they double"),
        new("limit", ValueTypes.Number(1, 1000, "5") with { Pattern = null }, "3", Live, "Rl: how often a message is transmitted in all (§10)"),
        new("pause", ValueTypes.Duration, "2s", Live, "after giving up, before starting over"),
    ];

    private static readonly ConfigurationKey[] Channel =
    [
        new("id", ValueTypes.ControlChannelId, null, ControlChannel, "this end's CC_Id (§13.1), unique within the node, over all neighbours") { Required = true },
        new("remote-id", ValueTypes.ControlChannelId, null, ControlChannel, "the neighbour's CC_Id. Only needed where several channels run between the same two addresses and have to be paired by hand") { Otherwise = "learned" },
        new("local", ValueTypes.Local, null, ControlChannel, "this end's address. It is one of `listen`, or covered by `0.0.0.0` or `\"::\"` there, and takes the port from there; the port has to be given only where `listen` has the address with several ports") { Required = true },
        new("remote", ValueTypes.Remote, null, ControlChannel, "the neighbour's address; the port is 701 where none is given. `multicast`: Config goes to 224.0.0.1 or ff02::1, with the port of `local`, and the neighbour's address is learned from its answer (§9); for point-to-point links, needs `interface`") { Required = true },
        new("role", ValueTypes.Words("active", "passive"), "active", Live, "`active` sends Config, `passive` waits for the neighbour's (§11.1.2, events 1a and 1b). Both ends may be active"),
        new("interface", ValueTypes.Interface, null, ControlChannel, "bind to this interface, and take its loss as loss of the channel (evCCDn). Needed for `multicast` and for a link-local `remote`"),
        new("hello-interval", Hello, "150ms", Negotiation, "HelloInterval (§3.2.1, §13.6): time between two Hellos"),
        new("hello-dead-interval", Hello, "500ms", Negotiation, "HelloDeadInterval (§3.2.1, §13.6): silence after which the channel is down. Greater than `hello-interval`, and better at least three times as much"),
        new("retransmit", new SectionType(Retransmit), null, Live, "retransmission of what is not acknowledged (§10)"),
    ];

    private static readonly ConfigurationKey[] Ipsec =
    [
        new("keying", ValueTypes.Words("ike", "manual"), "ike", ControlChannel, "`ike`: strongSwan's charon agrees on keys with the neighbour by IKEv2 and replaces them. `manual`: they are set by hand, for diagnosis (§15.2); lmpd only looks whether `device` is there"),
        new("vici", ValueTypes.Path with { Example = "/run/other.vici" }, IpsecConfiguration.DefaultVici, ControlChannel, "charon's control socket"),
        new("device", ValueTypes.Interface, IpsecConfiguration.DefaultDevice, ControlChannel, "the tunnel's device: charon's kernel-libipsec makes `ipsec0`; with ESP in the kernel, an XFRM interface of that name. Messages leave on it only, and are taken from it only"),
        new("if-id", ValueTypes.Uint32, null, ControlChannel, "the `if_id` of the XFRM interface"),
        new("psk-file", ValueTypes.Path with { Example = "/etc/lmpd/other.psk" }, null, ControlChannel, "file with the pre-shared key; its last line end does not count. Either this, or the next three"),
        new("certificate-file", ValueTypes.Path with { Example = "/etc/lmpd/other.crt" }, null, ControlChannel, "this node's certificate, PEM or DER"),
        new("key-file", ValueTypes.Path with { Example = "/etc/lmpd/other.key" }, null, ControlChannel, "its private key"),
        new("ca-file", ValueTypes.Path with { Example = "/etc/lmpd/other-ca.crt" }, null, ControlChannel, "the certificate of the authority that signed the neighbour's"),
        new("local-id", ValueTypes.Identity, null, ControlChannel, "this node's identity (§15.2 recommends addresses); of certificates, a subject or subjectAltName") { Otherwise = "the address of `local`" },
        new("remote-id", ValueTypes.Identity, null, ControlChannel, "the neighbour's identity") { Otherwise = "the address of `remote`" },
        new("selector", ValueTypes.Words("udp", "lmp"), "udp", ControlChannel, "what the tunnel is for: all UDP between the two addresses, as §15.2 recommends; or LMP's ports only. The two ends may differ: IKEv2 takes the narrower"),
        new("ike-proposals", new ListType(ValueTypes.Proposal), null, ControlChannel, "algorithms of IKE in strongSwan's words, such as `aes256gcm16-prfsha384-ecp384`") { Otherwise = "charon's" },
        new("esp-proposals", new ListType(ValueTypes.Proposal), null, ControlChannel, "algorithms of ESP, such as `aes128gcm16`, or `null-sha256`: LMP needs no encryption (§15.1)") { Otherwise = "charon's" },
        new("rekey-time", ValueTypes.DurationOf("from 1min", "7min"), "1h", ControlChannel, "how long keys are used"),
        new("udp-encapsulation", ValueTypes.Truth, "true", ControlChannel, "ESP in UDP 4500 even without NAT. kernel-libipsec needs it"),
    ];

    /// <summary>The keys of a neighbour.</summary>
    public static IReadOnlyList<ConfigurationKey> All { get; } =
    [
        new("name", ValueTypes.Name, null, Neighbor, "what the neighbour is called here; unique, and not this node's name") { Required = true },
        new("node-id", ValueTypes.NodeId, null, Neighbor, "the neighbour's Node_Id; unique, and not this node's") { Required = true },
        new("wdm", ValueTypes.Words("none", "ols", "peer"), "none", Negotiation, "RFC 4209 §2.1: `ols`: the neighbour is an optical line system. `peer`: this node is the optical line system. `none`: no WDM session"),
        new("behavior-negotiation", ValueTypes.Truth, "true", Negotiation, "RFC 6898: whether the two ends tell each other which extensions they support. A neighbour that does not know this is found out and met without it. `false` is for one that chokes on it: this node is one of RFC 4204 to it. Config never carries BehaviorConfig, one received is refused as unknown (RFC 6898 §4 a), and traces (RFC 4207) and status confirmation (RFC 5818) are not used with it"),
        new("gtsm", ValueTypes.Truth, "false", Live, "RFC 5082: what comes in the neighbour's name counts only with TTL or Hop Limit 255, which nothing has that came over a router. For neighbours that are one hop away and send with 255; `lmpd` always does"),
        new("security", ValueTypes.Words("none", "ipsec"), "none", ControlChannel, "what protects the messages exchanged with it (§15). `none`: anyone on the path can forge them. `ipsec`: they go through an IPsec tunnel or not at all, see [ipsec.md](ipsec.md)"),
        new("ipsec", new SectionType(Ipsec) { IsSwitch = true }, null, ControlChannel, "how the tunnel is set up; needed for `security: ipsec`"),
        new("control-channels", new TableType("control channel", "id", Channel), null, ControlChannel, "the control channels to this neighbour (§3)"),
    ];
}
