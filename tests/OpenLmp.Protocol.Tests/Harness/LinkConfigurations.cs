using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>Configurations about links: nodes a and b of <see cref="Configurations"/>, without Hello, so that all that is sent is about links.</summary>
public static class LinkConfigurations
{
    public static ControlChannelConfiguration NoHello(ControlChannelConfiguration channel) =>
        channel with { HelloInterval = IntervalRange.Off, HelloDeadInterval = IntervalRange.Off };

    /// <summary>Node a, its TE link te1 (1-2) changed by <paramref name="change"/>.</summary>
    public static NodeConfiguration NodeA(Func<TeLinkConfiguration, TeLinkConfiguration>? change = null) => A(NoHello, change);

    /// <summary>Node b, its TE link te1 (2-1) changed by <paramref name="change"/>.</summary>
    public static NodeConfiguration NodeB(Func<TeLinkConfiguration, TeLinkConfiguration>? change = null) => B(NoHello, change);

    /// <summary>Node a with these data links in te1.</summary>
    public static NodeConfiguration NodeA(params DataLinkConfiguration[] links) => NodeA(t => t with { DataLinks = [.. links] });

    /// <summary>Node b with these data links in te1.</summary>
    public static NodeConfiguration NodeB(params DataLinkConfiguration[] links) => NodeB(t => t with { DataLinks = [.. links] });

    /// <summary>Node a with these TE links to b.</summary>
    public static NodeConfiguration NodeA(params TeLinkConfiguration[] links) => NodeA() with { TeLinks = [.. links] };

    /// <summary>Node b with these TE links to a.</summary>
    public static NodeConfiguration NodeB(params TeLinkConfiguration[] links) => NodeB() with { TeLinks = [.. links] };

    public static Identifier Parse(string id) => Identifier.TryParse(id, out var parsed) ? parsed : throw new ArgumentException(id);

    /// <summary>A bandwidth in Gbps as bytes per second.</summary>
    public static float Gbps(double gbps) => (float)(gbps * 1e9 / 8);

    public static SwitchingCapability Lambda(double min, double max) => new(SwitchingType.Lsc, EncodingType.Lambda, Gbps(min), Gbps(max));

    public static SwitchingCapability Tdm(double min, double max) => new(SwitchingType.Tdm, EncodingType.Sdh, Gbps(min), Gbps(max));

    /// <summary>te1-1 with other capabilities: at a (101-201), or at b (201-101).</summary>
    public static DataLinkConfiguration LinkAtA(params SwitchingCapability[] capabilities) => Link("te1-1", 101, 201) with { Capabilities = [.. capabilities] };

    /// <inheritdoc cref="LinkAtA"/>
    public static DataLinkConfiguration LinkAtB(params SwitchingCapability[] capabilities) => Link("te1-1", 201, 101) with { Capabilities = [.. capabilities] };

    /// <summary>What node b would list: DATA_LINK local-remote as b sees it, 10 Gbps lambda.</summary>
    public static DataLinkObject Listed(uint local, uint remote, params DataLinkSubobject[] subobjects) =>
        new(DataLinkFlags.Port, Identifier.Unnumbered(local), Identifier.Unnumbered(remote), subobjects.Length == 0 ? [Ist(10)] : [.. subobjects]);

    public static InterfaceSwitchingType Ist(double gbps) => Ist(gbps, gbps);

    public static InterfaceSwitchingType Ist(double min, double max) => new(SwitchingType.Lsc, EncodingType.Lambda, Gbps(min), Gbps(max));

    /// <summary>b's TE_LINK for te1.</summary>
    public static TeLinkObject TeLinkOfB(uint local = 2, uint remote = 1) =>
        new(TeLinkFlags.FaultManagement | TeLinkFlags.LinkVerification, Identifier.Unnumbered(local), Identifier.Unnumbered(remote));

    /// <summary>b's LinkSummary for te1, as a expects it unless data links are given.</summary>
    public static LinkSummaryMessage SummaryOfB(uint messageId, params DataLinkObject[] links) =>
        new(messageId, TeLinkOfB(), links.Length == 0 ? [Listed(201, 101), Listed(202, 102)] : links);

    /// <summary>Two real nodes on virtual time.</summary>
    public static (VirtualNetwork Network, VirtualNode A, VirtualNode B) Pair(NodeConfiguration a, NodeConfiguration b, uint seedA = 100, uint seedB = 5000)
    {
        var network = new VirtualNetwork();
        return (network, network.Add(a, new NodeOptions { FirstMessageId = seedA }), network.Add(b, new NodeOptions { FirstMessageId = seedB }));
    }

    public static IReadOnlyList<string> RaisedAlarms(this VirtualNode node) =>
        [.. node.Node.Alarms.All.Where(a => a.State != AlarmState.Cleared).Select(a => a.Text).Order(StringComparer.Ordinal)];
}
