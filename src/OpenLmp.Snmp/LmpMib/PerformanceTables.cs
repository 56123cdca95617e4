// RFC 4631 §8: lmpControlChannelPerfTable, lmpTeLinkPerfTable, lmpDataLinkPerfTable
using OpenLmp.Protocol;
using OpenLmp.Wire;
using static OpenLmp.Wire.MessageType;

namespace OpenLmp.Snmp;

internal static class PerformanceTables
{
    // In the order of the MIB, which is that of both tables; that of TE links begins with BeginVerify.
    private static readonly (string Name, Func<MessageCounts, uint> Count)[] Messages =
    [
        .. Repeated("Config", Config), .. Received("ConfigAck", ConfigAck), .. Received("ConfigNack", ConfigNack), .. Received("Hello", MessageType.Hello),
        .. Repeated("BeginVerify", BeginVerify), .. Received("BeginVerifyAck", BeginVerifyAck), .. Received("BeginVerifyNack", BeginVerifyNack),
        .. Repeated("EndVerify", EndVerify), .. Received("EndVerifyAck", EndVerifyAck),
        .. Repeated("TestStatusSuccess", TestStatusSuccess), .. Repeated("TestStatusFailure", TestStatusFailure), .. Received("TestStatusAck", TestStatusAck),
        .. Repeated("LinkSummary", LinkSummary), .. Received("LinkSummaryAck", LinkSummaryAck), .. Received("LinkSummaryNack", LinkSummaryNack),
        .. Repeated("ChannelStatus", ChannelStatus), .. Received("ChannelStatusAck", ChannelStatusAck),
        .. Repeated("ChannelStatusReq", ChannelStatusRequest), .. Received("ChannelStatusRsp", ChannelStatusResponse),
    ];

    private static readonly int OfChannelsOnly = Array.FindIndex(Messages, m => m.Name == "BeginVerifyReceived");

    public static MibTable<ControlChannelRow> ControlChannels(Func<Instant, uint> sysUpTime) => new(
        LmpMibModule.Objects.Append(11, 1),
        [
            new(1, "lmpCcInOctets", c => SnmpValue.Counter(c.InOctets)),
            new(2, "lmpCcInDiscards", c => SnmpValue.Counter(c.InDiscards)),
            new(3, "lmpCcInErrors", c => SnmpValue.Counter(c.InErrors)),
            new(4, "lmpCcOutOctets", c => SnmpValue.Counter(c.OutOctets)),
            // Nothing that could be sent is held back for good.
            new(5, "lmpCcOutDiscards", _ => SnmpValue.Counter(0)),
            new(6, "lmpCcOutErrors", c => SnmpValue.Counter(c.OutErrors)),
            .. Messages.Select((m, i) => new ColumnDefinition<ControlChannelRow>((uint)i + 7, $"lmpCc{m.Name}", c => SnmpValue.Counter(m.Count(c.Messages)))),
            new((uint)Messages.Length + 7, "lmpCcCounterDiscontinuityTime", c => SnmpValue.Ticks(sysUpTime(c.Since))),
        ]);

    public static MibTable<TeLinkRow> TeLinks(Func<Instant, uint> sysUpTime)
    {
        var messages = Messages[OfChannelsOnly..];
        return new(
            LmpMibModule.Objects.Append(15, 1),
            [
                new(1, "lmpTeInOctets", t => SnmpValue.Counter(t.InOctets)),
                new(2, "lmpTeOutOctets", t => SnmpValue.Counter(t.OutOctets)),
                .. messages.Select((m, i) => new ColumnDefinition<TeLinkRow>((uint)i + 3, $"lmpTe{m.Name}", t => SnmpValue.Counter(m.Count(t.Messages)))),
                new((uint)messages.Length + 3, "lmpTeCounterDiscontinuityTime", t => SnmpValue.Ticks(sysUpTime(t.Since))),
            ]);
    }

    public static MibTable<DataLinkRow> DataLinks(Func<Instant, uint> sysUpTime) => new(
        LmpMibModule.Objects.Append(17, 1),
        new(1, "lmpDataLinkTestReceived", d => SnmpValue.Counter(d.TestsReceived)),
        new(2, "lmpDataLinkTestSent", d => SnmpValue.Counter(d.TestsSent)),
        new(3, "lmpDataLinkActiveTestSuccess", d => SnmpValue.Counter(d.ActiveSuccesses)),
        new(4, "lmpDataLinkActiveTestFailure", d => SnmpValue.Counter(d.ActiveFailures)),
        new(5, "lmpDataLinkPassiveTestSuccess", d => SnmpValue.Counter(d.PassiveSuccesses)),
        new(6, "lmpDataLinkPassiveTestFailure", d => SnmpValue.Counter(d.PassiveFailures)),
        new(7, "lmpDataLinkDiscontinuityTime", d => SnmpValue.Ticks(sysUpTime(d.Since))));

    private static (string Name, Func<MessageCounts, uint> Count)[] Received(string name, MessageType type) =>
        [($"{name}Received", counts => counts.Received(type)), ($"{name}Sent", counts => counts.Sent(type))];

    private static (string Name, Func<MessageCounts, uint> Count)[] Repeated(string name, MessageType type) =>
        [.. Received(name, type), ($"{name}Retransmit", counts => counts.Retransmitted(type))];
}
