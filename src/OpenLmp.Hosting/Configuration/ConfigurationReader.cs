using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>
/// Reads the configuration of <c>lmpd</c>: YAML, keys in kebab-case, described in docs/operating/configuration.md. Tells everything that is wrong,
/// not only the first thing, each with its place; no input makes it throw.
/// </summary>
public static class ConfigurationReader
{
    /// <summary>Reads a file. A file that is not there, cannot be read, is no UTF-8 text or larger than 16 MiB is an error like others.</summary>
    public static ConfigurationResult Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var findings = new Findings(path);
        return ConfigurationFile.Read(path, findings) is { } text ? Parse(text, path, findings) : findings.ToResult(null);
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">What the text is called in messages and in <see cref="DaemonConfiguration.FilePath"/>.</param>
    public static ConfigurationResult Parse(string text, string fileName)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(fileName);
        return Parse(text, fileName, new Findings(fileName));
    }

    private static ConfigurationResult Parse(string text, string fileName, Findings findings)
    {
        if (text.StartsWith('\uFEFF')) text = text[1..];
        return Parse(YamlTreeReader.Read(text, findings), fileName, findings) with { Text = text };
    }

    private static ConfigurationResult Parse(YamlNode? tree, string fileName, Findings findings)
    {
        if (tree is YamlMapping root) return findings.ToResult(ReadRoot(root, fileName, findings));
        if (tree is not null and not YamlRefused)
            findings.Error(tree.At, $"a configuration begins with keys such as node: and listen:, this is {tree.Kind}");
        return findings.ToResult(null);
    }

    private static DaemonConfiguration ReadRoot(YamlMapping root, string fileName, Findings findings)
    {
        var section = new Section(root, "configuration", findings, "node", "listen", "api", "state", "data-plane", "agent", "process", "limits", "snmp", "log", "otlp", "neighbors", "te-links");
        var scope = new Scope(findings) { DataPlane = section.Optional("data-plane", Conversions.DataPlane, DataPlaneKind.External).Value };
        var (nodeId, name) = ReadNode(section, scope);
        var listen = ReadListen(section, scope);
        var configuration = new DaemonConfiguration
        {
            FilePath = fileName,
            Listen = listen,
            Api = ApiSection.Read(section, scope),
            StatePath = section.OptionalText("state", Conversions.FilePath).Value,
            DataPlane = scope.DataPlane,
            AgentHeartbeat = ReadAgentHeartbeat(section),
            Process = ReadProcess(section, scope),
            Snmp = SnmpSection.Read(section),
            Log = LogSection.Read(section),
            Otlp = OtlpSection.Read(section),
            Node = new NodeConfiguration
            {
                NodeId = nodeId,
                Name = name,
                Neighbors = NeighborSection.ReadAll(section, scope),
                TeLinks = TeLinkSection.ReadAll(section, scope),
                Limits = LimitsSection.Read(section),
            },
        };
        // Read with the neighbours.
        return configuration with { Ipsec = [.. scope.Ipsec] };
    }

    private static (NodeId Id, string Name) ReadNode(Section root, Scope scope)
    {
        if (root.RequiredChild("node", "{id: 10.0.0.1, name: oxc1}", "id", "name") is not { } section) return default;
        var id = section.Required("id", Addresses.NodeIdentifier, "10.0.0.1");
        if (id.IsValid) scope.NodeIds.Claim(id.Value, id.At, "", "");
        var name = section.Optional("name", Conversions.Name, id.Value.ToString());
        if (name.IsValid) scope.NodeNames.Claim(name.Value, name.At, "", "");
        return (id.Value, name.Value);
    }

    private static ValueList<NetworkEndpoint> ReadListen(Section root, Scope scope)
    {
        var listen = new ListenAddresses();
        var valid = true;
        foreach (var item in root.Convert("listen", Addresses.Listen))
        {
            valid &= item.IsValid;
            if (!item.IsValid) continue;
            if (listen.Overlapped(item.Value) is { } other)
            {
                // Two sockets with overlapping addresses and one port cannot both be bound, or would share datagrams by chance.
                scope.Findings.Error(item.At, $"listen: {Addresses.Full(item.Value)} overlaps {Addresses.Full(other)}; keep one of the two");
                valid = false;
            }

            listen.Add(item.Value);
        }

        if (root.ItemCount("listen") == 0)
            scope.Findings.Error(root.KeyAt("listen"), "configuration: listen is missing or empty; add an address, such as listen: [ \"10.255.0.1:701\" ]");
        else if (valid && listen.All.Count > 0) scope.Listen = listen;
        return [.. listen.All];
    }

    private static TimeSpan ReadAgentHeartbeat(Section root) =>
        root.Child("agent", "heartbeat")?.Optional("heartbeat", Durations.AgentHeartbeat, DaemonConfiguration.DefaultAgentHeartbeat).Value
        ?? DaemonConfiguration.DefaultAgentHeartbeat;

    private static ProcessConfiguration ReadProcess(Section root, Scope scope)
    {
        var defaults = new ProcessConfiguration();
        if (root.Child("process", "real-time", "lock-memory", "user") is not { } section) return defaults;
        var user = section.OptionalText("user", Conversions.Name).Value;
        if (user is not null && !OperatingSystem.IsWindows()) scope.DaemonUser = LeastPrivilege.Find(user);
        return new ProcessConfiguration
        {
            RealTime = section.Optional("real-time", Conversions.Boolean, defaults.RealTime).Value,
            LockMemory = section.Optional("lock-memory", Conversions.Boolean, defaults.LockMemory).Value,
            User = user,
        };
    }
}
