// RFC 4204 §3, §9
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Reads one of <c>control-channels</c>.</summary>
internal static class ControlChannelSection
{
    public static readonly string[] Keys =
        ["id", "remote-id", "local", "remote", "role", "interface", "hello-interval", "hello-dead-interval", "retransmit"];

    public static ControlChannelConfiguration Read(Section section, string neighbor, Scope scope)
    {
        var id = section.Required("id", Addresses.ControlChannelId, "1");
        if (id.IsValid)
            scope.ControlChannelIds.Claim(id.Value, id.At, $"id: CC_Id {id.Value}", "a CC_Id is unique within the node, over all neighbours (RFC 4204 §13.1)");
        var remoteId = section.OptionalValue("remote-id", Addresses.ControlChannelId);
        if (remoteId.Value is { } remoteCcId)
        {
            scope.RemoteControlChannelIds.Claim((neighbor, remoteCcId), remoteId.At,
                $"remote-id: CC_Id {remoteCcId} of this neighbour", "it can be the other end of one channel only (RFC 4204 §13.1)");
        }

        var @interface = section.OptionalText("interface", Conversions.InterfaceName);
        var local = ReadLocal(section, scope);
        var remote = ReadRemote(section, local, @interface, scope);
        if (local.IsUsable && remote.IsUsable && @interface.IsValid) ClaimPath(local.Value, remote, @interface.Value, neighbor, scope);
        var (hello, dead) = HelloSection.Read(section, scope.Findings);
        return new ControlChannelConfiguration
        {
            Id = id.Value,
            RemoteId = remoteId.Value,
            Local = local.Value,
            Remote = remote.Value,
            Role = section.Optional("role", Conversions.Role, ControlChannelRole.Active).Value,
            Interface = @interface.Value,
            HelloInterval = hello,
            HelloDeadInterval = dead,
            Retransmit = RetransmitSection.Read(section, scope.Findings),
        };
    }

    /// <summary>The local end takes its port from what the node listens on: of two that fit, the one with the address itself.</summary>
    private static Field<NetworkEndpoint> ReadLocal(Section section, Scope scope)
    {
        var local = section.Required("local", Addresses.Local, "10.255.0.1");
        if (!local.IsUsable || scope.Listen is null) return local with { IsValid = false };
        var (address, port) = local.Value;
        // Listening sockets know no interface: fe80::1%3 is received by what listens on fe80::1%3, or on ::.
        var ports = scope.Listen.PortsOf(address, port);
        if (ports.Count == 0) ports = scope.Listen.PortsOf(ListenAddresses.Any(address.IsIPv6), port);
        if (ports.Count == 1) return local with { Value = new NetworkEndpoint(address, ports[0]) };

        var example = new NetworkEndpoint(address, ports.Count > 0 ? ports[0] : port == 0 ? NetworkEndpoint.LmpPort : port);
        scope.Findings.Error(local.At, ports.Count > 0
            ? $"local: listen has {address} with several ports; say which, such as \"{Addresses.Full(example)}\""
            : $"local: {Addresses.Full(local.Value)} is not in listen; add \"{Addresses.Full(example)}\" there");
        return local with { IsValid = false };
    }

    private static Field<NetworkEndpoint> ReadRemote(Section section, Field<NetworkEndpoint> local, Field<string?> @interface, Scope scope)
    {
        var remote = section.Required("remote", Addresses.Remote, "10.255.0.2");
        if (!remote.IsUsable) return remote;
        var isMulticast = remote.Value == Addresses.Multicast;
        string? problem = null;
        if (isMulticast && !@interface.IsGiven)
            problem = "multicast needs to know where; add the interface of the point-to-point link, such as interface: eth0 (RFC 4204 §9)";
        else if (Addresses.IsLinkLocal(remote.Value.Address) && remote.Value.Address.Scope == 0 && !@interface.IsGiven)
            problem = $"{remote.Value.Address} means something on one link only; add the interface, such as interface: eth0";
        else if (!local.IsUsable) return remote with { IsValid = false };
        else if (isMulticast)
        {
            var group = local.Value.Address.IsIPv6 ? NetworkAddress.AllNodesIPv6 : NetworkAddress.AllNodesIPv4;
            return remote with { Value = new NetworkEndpoint(group, local.Value.Port) };
        }
        else if (remote.Value.Address.IsIPv6 != local.Value.Address.IsIPv6)
            problem = $"{Addresses.Full(remote.Value)} and local {local.Value.Address} are not of one family; give both ends IPv4 or both IPv6 addresses";
        else if (remote.Value == local.Value || scope.Listen!.Contains(remote.Value))
            problem = $"{Addresses.Full(remote.Value)} is this node's own end; write the neighbour's";
        if (problem is null) return remote;
        scope.Findings.Error(remote.At, $"remote: {problem}");
        return remote with { IsValid = false };
    }

    /// <summary>
    /// Answers are told apart by address until the neighbour's Node_Id is known: two neighbours behind one pair of addresses would take each
    /// other's. Channels of one neighbour are told apart by CC_Id.
    /// </summary>
    private static void ClaimPath(NetworkEndpoint local, Field<NetworkEndpoint> remote, string? @interface, string neighbor, Scope scope)
    {
        var isOfOneLink = remote.Value.Address.IsMulticast || Addresses.IsLinkLocal(remote.Value.Address);
        var path = (local, remote.Value, isOfOneLink ? @interface : null);
        if (scope.Paths.TryAdd(path, (neighbor, remote.At)) || scope.Paths[path].Neighbor == neighbor) return;
        var (other, at) = scope.Paths[path];
        scope.Findings.Error(remote.At, $"remote: {Addresses.Full(local)} to {Addresses.Full(remote.Value)} already leads to neighbour {other} "
            + $"at line {at.Line}; each neighbour has addresses of its own");
    }
}
