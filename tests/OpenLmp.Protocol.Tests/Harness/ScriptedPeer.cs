using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>
/// A neighbour that says to one real node exactly what a test tells it to. What it says arrives at once, so that times are exact; what the
/// node sends to its address and port is heard in order.
/// </summary>
public sealed class ScriptedPeer(VirtualNetwork network, VirtualNode node, string nodeId = "10.0.0.2", uint ccId = 11, string at = "10.255.0.2", string to = "10.255.0.1")
{
    private int _heard;

    public NodeId NodeId { get; set; } = Id(nodeId);

    public uint CcId { get; set; } = ccId;

    public NetworkEndpoint At { get; set; } = Configurations.At(at);

    /// <summary>The node's address; a multicast address is all right.</summary>
    public NetworkEndpoint To { get; set; } = Configurations.At(to);

    /// <summary>The Message_Id of the next Config.</summary>
    public uint NextMessageId { get; set; } = 1000;

    /// <summary>Flags of everything said from now on.</summary>
    public HeaderFlags Flags { get; set; }

    public void Say(byte[] bytes) => node.Deliver(new Datagram(network.Now, At, To, bytes));

    public void Say(LmpMessage message) => Say((message with { Flags = message.Flags | Flags }).Encode());

    public void SayHello(uint tx, uint rcv, HeaderFlags flags = HeaderFlags.None) => Say(new HelloMessage(CcId, tx, rcv) { Flags = flags });

    /// <summary>Says a Config with one HelloConfig.</summary>
    public ConfigMessage SayConfig(ushort hello = 150, ushort dead = 500, bool negotiable = true, uint? id = null, HeaderFlags flags = HeaderFlags.None) =>
        SayConfig([new HelloConfig(hello, dead) { Negotiable = negotiable }], id, flags);

    public ConfigMessage SayConfig(LmpObject[] configs, uint? id = null, HeaderFlags flags = HeaderFlags.None)
    {
        var config = new ConfigMessage(CcId, id ?? NextMessageId++, NodeId, configs) { Flags = flags };
        Say(config);
        return config;
    }

    public void Acknowledge(ConfigMessage config, HeaderFlags flags = HeaderFlags.None) =>
        Say(new ConfigAckMessage(CcId, NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId) { Flags = flags });

    /// <summary>Acknowledges as RFC 6898 §2.2 asks for: with the CONFIG objects of the Config.</summary>
    public void Echo(ConfigMessage config) =>
        Say(new ConfigAckMessage(CcId, NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId, [.. config.Configs]));

    public void Refuse(ConfigMessage config, params LmpObject[] configs) =>
        Say(new ConfigNackMessage(CcId, NodeId, config.LocalCcid, config.MessageId!.Value, config.LocalNodeId, configs));

    /// <summary>Everything the node has sent here since the last look, oldest first.</summary>
    public List<Datagram> HearDatagrams()
    {
        var heard = network.Sent.Skip(_heard).Where(d => d.Destination == At || d.Destination.Address.IsMulticast).ToList();
        _heard = network.Sent.Count;
        return heard;
    }

    public List<LmpMessage> Hear() => [.. HearDatagrams().Select(d => d.Message!)];

    /// <summary>All messages of one type since the last look; others are passed over.</summary>
    public List<T> Hear<T>() where T : LmpMessage => [.. Hear().OfType<T>()];

    /// <summary>The one message of that type since the last look; others are passed over.</summary>
    public T HearOne<T>() where T : LmpMessage => Assert.Single(Hear<T>());
}
