// RFC 4204 §2, §3
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>neighbors</c>.</summary>
internal static class NeighborSection
{
    public static ValueList<NeighborConfiguration> ReadAll(Section root, Scope scope)
    {
        var names = new HashSet<string>();
        var known = true;
        var neighbors = new List<NeighborConfiguration>();
        foreach (var section in root.Children("neighbors", "neighbor", "name", "node-id", "wdm", "behavior-negotiation", "gtsm", "security", "ipsec", "control-channels"))
        {
            var name = section.Required("name", Conversions.Name, "oxc2");
            known &= name.IsValid && names.Add(name.Value);
            var neighbor = Read(section, name, scope);
            neighbors.Add(neighbor);
            if (neighbor.Wdm != WdmRole.None) scope.WdmNeighbors.TryAdd(neighbor.Name, neighbor.Wdm);
        }

        IpsecSection.CheckShared(scope);
        if (known && neighbors.Count == root.ItemCount("neighbors")) scope.Neighbors = names;
        return [.. neighbors];
    }

    private static NeighborConfiguration Read(Section section, Field<string> name, Scope scope)
    {
        if (name.IsValid)
            scope.NodeNames.Claim(name.Value, name.At, $"name: {name.Value}", "each neighbour has a name of its own, and not this node's");
        var nodeId = section.Required("node-id", Addresses.NodeIdentifier, "10.0.0.2");
        if (nodeId.IsValid)
            scope.NodeIds.Claim(nodeId.Value, nodeId.At, $"node-id: {nodeId.Value}", "each node has a Node_Id of its own (RFC 4204 §1.1)");
        var channels = new List<(ControlChannelConfiguration Channel, Position At)>();
        foreach (var channel in section.Children("control-channels", "control channel", ControlChannelSection.Keys))
            channels.Add((ControlChannelSection.Read(channel, name.Value ?? "", scope), channel.KeyAt("remote")));
        var ipsec = IpsecSection.Read(section, name.Value ?? "", channels, scope);
        if (ipsec is not null) scope.Ipsec.Add(ipsec);
        if (section.ItemCount("control-channels") == 0)
            scope.Findings.Warning(section.KeyAt("control-channels"), "neighbor: no control channel; nothing can be heard of this neighbour (RFC 4204 §3)");
        return new NeighborConfiguration
        {
            Name = name.Value ?? "",
            NodeId = nodeId.Value,
            Wdm = section.Optional("wdm", Conversions.Wdm, WdmRole.None).Value,
            BehaviorNegotiation = section.Optional("behavior-negotiation", Conversions.Boolean, true).Value,
            Gtsm = section.Optional("gtsm", Conversions.Boolean, false).Value,
            Security = ipsec is null ? NeighborSecurity.None : NeighborSecurity.Ipsec,
            ControlChannels = [.. channels.Select(c => c.Channel)],
        };
    }
}
