using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>The messages that are measured.</summary>
internal static class Messages
{
    /// <summary>A Config as lmpd sends it.</summary>
    public static ConfigMessage Config(uint channel, uint messageId, NodeId node) => new(channel, messageId, node, new HelloConfig(150, 500) { Negotiable = true });

    /// <summary>A LinkSummary about as many data links.</summary>
    public static LinkSummaryMessage LinkSummary(uint messageId, int links) => new(
        messageId,
        new TeLinkObject(TeLinkFlags.FaultManagement, Identifier.Unnumbered(1), Identifier.Unnumbered(2)),
        [
            .. Enumerable.Range(1, links).Select(i => new DataLinkObject(DataLinkFlags.Port, Identifier.Unnumbered((uint)i), Identifier.Unnumbered((uint)(i + 10_000)),
                [new InterfaceSwitchingType(SwitchingType.Lsc, EncodingType.Lambda, 1.25e9f, 1.25e9f)])),
        ]);

    /// <summary>A ChannelStatus about as many data links: all have failed.</summary>
    public static ChannelStatusMessage ChannelStatus(uint messageId, int links) => new(
        Identifier.Unnumbered(1),
        messageId,
        new ChannelStatusObject(
            IdentifierType.Unnumbered,
            [.. Enumerable.Range(1, links).Select(i => new ChannelStatusEntry(Identifier.Unnumbered((uint)i), new ChannelState(true, ChannelDirection.Receive, ChannelCondition.SignalFail)))]));
}
