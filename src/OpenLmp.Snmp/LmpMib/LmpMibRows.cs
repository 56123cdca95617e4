// RFC 4631: what its tables are made from.
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>A node as the LMP-MIB shows it: copied on the node's thread, without formatting anything, and immutable.</summary>
public sealed class LmpMibData
{
    private LmpMibData(LmpNode node)
    {
        Neighbors = [.. node.Neighbors.Select(neighbor => new NeighborRow(neighbor))];
        ControlChannels = [.. node.Neighbors.SelectMany(neighbor => neighbor.ControlChannels).Select(channel => new ControlChannelRow(channel))];
        TeLinks = [.. node.TeLinks.Select(link => new TeLinkRow(link))];
        DataLinks = [.. node.TeLinks.SelectMany(link => link.DataLinks).Select(link => new DataLinkRow(link))];
    }

    /// <summary>The neighbours.</summary>
    public IReadOnlyList<NeighborRow> Neighbors { get; }

    /// <summary>The control channels.</summary>
    public IReadOnlyList<ControlChannelRow> ControlChannels { get; }

    /// <summary>The TE links.</summary>
    public IReadOnlyList<TeLinkRow> TeLinks { get; }

    /// <summary>The data links.</summary>
    public IReadOnlyList<DataLinkRow> DataLinks { get; }

    /// <summary>Copies; on the node's thread.</summary>
    public static LmpMibData Take(LmpNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return new LmpMibData(node);
    }

    /// <summary>
    /// lmpGlobalLinkVerificationInterval: the shortest time between two verifications of a TE link; zero: none is verified by itself. It is
    /// configured for each TE link.
    /// </summary>
    public TimeSpan VerificationInterval =>
        TeLinks.Where(t => t.Configuration.LinkVerification).Select(t => t.Configuration.Verification.Periodic).Where(p => p > TimeSpan.Zero)
            .DefaultIfEmpty().Min();
}

/// <summary>Messages per type, those that RFC 4631 counts.</summary>
public sealed class MessageCounts
{
    private const int Types = (int)MessageType.ChannelStatusResponse + 1;

    private readonly uint[] _counts = new uint[3 * Types];

    internal MessageCounts(MessageCounters counters)
    {
        for (var type = 1; type < Types; type++)
        {
            _counts[type] = unchecked((uint)counters.Received((MessageType)type));
            _counts[Types + type] = unchecked((uint)counters.Sent((MessageType)type));
            _counts[(2 * Types) + type] = unchecked((uint)counters.Retransmitted((MessageType)type));
        }
    }

    internal uint Received(MessageType type) => _counts[(int)type];

    internal uint Sent(MessageType type) => _counts[Types + (int)type];

    internal uint Retransmitted(MessageType type) => _counts[(2 * Types) + (int)type];
}

/// <summary>A neighbour.</summary>
public sealed class NeighborRow
{
    internal NeighborRow(Neighbor neighbor)
    {
        NodeId = neighbor.NodeId;
        IsUp = neighbor.IsUp;
        // Retransmission is configured for each channel: that of the first in use, which carries what has to be repeated.
        var channel = neighbor.ControlChannels.FirstOrDefault(c => c.State == ControlChannelState.Up) ?? (neighbor.ControlChannels is [var first, ..] ? first : null);
        Retransmit = channel?.Configuration.Retransmit ?? RetransmitConfiguration.Default;
        AdminDown = neighbor.ControlChannels.Count > 0 && neighbor.ControlChannels.All(c => c.AdminDown);
    }

    internal NodeId NodeId { get; }

    internal bool IsUp { get; }

    internal bool AdminDown { get; }

    internal RetransmitConfiguration Retransmit { get; }
}

/// <summary>A control channel.</summary>
public sealed class ControlChannelRow
{
    internal ControlChannelRow(ControlChannel channel)
    {
        (NeighborName, NeighborId, Configuration) = (channel.Neighbor.Name, channel.Neighbor.NodeId, channel.Configuration);
        (RemoteId, Remote, State, AdminDown) = (channel.RemoteId ?? 0, channel.Remote?.Address, channel.State, channel.AdminDown);
        (HelloInterval, HelloDeadInterval, LastChange) = (channel.HelloInterval, channel.HelloDeadInterval, channel.LastChange);
        var counters = channel.Counters;
        (Messages, Since) = (new MessageCounts(counters), counters.Since);
        (InOctets, InErrors, InDiscards) = (counters.OctetsReceived, counters.ReceiveErrors, counters.ReceiveDiscards);
        (OutOctets, OutErrors) = (counters.OctetsSent, counters.SendErrors);
    }

    /// <summary>Our CC_Id.</summary>
    public uint Id => Configuration.Id;

    /// <summary>Its name, such as <c>oxc2/1</c>.</summary>
    public string Name => $"{NeighborName}/{Id}";

    internal string NeighborName { get; }

    internal NodeId NeighborId { get; }

    internal ControlChannelConfiguration Configuration { get; }

    internal uint RemoteId { get; }

    internal NetworkAddress? Remote { get; }

    internal ControlChannelState State { get; }

    internal bool AdminDown { get; }

    internal ushort HelloInterval { get; }

    internal ushort HelloDeadInterval { get; }

    internal Instant LastChange { get; }

    internal MessageCounts Messages { get; }

    internal Instant Since { get; }

    internal long InOctets { get; }

    internal long InErrors { get; }

    internal long InDiscards { get; }

    internal long OutOctets { get; }

    internal long OutErrors { get; }

    /// <summary>Whether parameters are agreed.</summary>
    internal bool IsNegotiated => State is ControlChannelState.Active or ControlChannelState.Up;
}

/// <summary>A TE link.</summary>
public sealed class TeLinkRow
{
    internal TeLinkRow(TeLink link)
    {
        (Configuration, RemoteId, State, NeighborId) = (link.Configuration, link.RemoteId, link.State, link.Neighbor.NodeId);
        IsDwdm = link.Neighbor.Configuration.Wdm != WdmRole.None;
        (FaultManagement, LinkVerification) = (link.FaultManagement, link.LinkVerification);
        (InOctets, OutOctets, Since) = (link.Counters.OctetsReceived, link.Counters.OctetsSent, link.Counters.Since);
        Messages = new MessageCounts(link.Counters);
        IsInTest = link.Verification != VerificationPhase.Idle;
        foreach (var dataLink in link.DataLinks)
        {
            IsInTest |= dataLink.State is DataLinkState.Test or DataLinkState.PasvTest;
            Transports |= dataLink.TestTransport | dataLink.ListenTransport;
        }
    }

    /// <summary>The TE link's name.</summary>
    public string Name => Configuration.Name;

    internal TeLinkConfiguration Configuration { get; }

    internal Identifier? RemoteId { get; }

    internal TeLinkState State { get; }

    internal NodeId NeighborId { get; }

    internal bool IsDwdm { get; }

    internal bool FaultManagement { get; }

    internal bool LinkVerification { get; }

    internal bool IsInTest { get; }

    /// <summary>How its data links are tested.</summary>
    internal VerifyTransport Transports { get; }

    internal MessageCounts Messages { get; }

    internal Instant Since { get; }

    internal long InOctets { get; }

    internal long OutOctets { get; }
}

/// <summary>A data link.</summary>
public sealed class DataLinkRow
{
    internal DataLinkRow(DataLink link)
    {
        (Configuration, RemoteId, ActiveState, PassiveState) = (link.Configuration, link.RemoteId, link.ActiveState, link.PassiveState);
        var tests = link.Tests;
        (Since, TestsSent, TestsReceived) = (tests.Since, tests.Sent, tests.Received);
        (ActiveSuccesses, ActiveFailures) = (tests.ActiveSuccesses, tests.ActiveFailures);
        (PassiveSuccesses, PassiveFailures) = (tests.PassiveSuccesses, tests.PassiveFailures);
    }

    /// <summary>The data link's name.</summary>
    public string Name => Configuration.Name;

    internal DataLinkConfiguration Configuration { get; }

    internal Identifier? RemoteId { get; }

    internal DataLinkState ActiveState { get; }

    internal DataLinkState PassiveState { get; }

    internal Instant Since { get; }

    internal long TestsSent { get; }

    internal long TestsReceived { get; }

    internal long ActiveSuccesses { get; }

    internal long ActiveFailures { get; }

    internal long PassiveSuccesses { get; }

    internal long PassiveFailures { get; }
}
