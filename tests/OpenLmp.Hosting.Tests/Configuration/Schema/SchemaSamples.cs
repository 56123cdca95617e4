namespace OpenLmp.Hosting.Tests;

/// <summary>For each key of the schema a right configuration without it, and what to put there.</summary>
internal static class SchemaSamples
{
    /// <summary>What the examples of the keys fit into: a node that can run, with nothing set that has a default.</summary>
    public static string Base(string directory, string address) => $$"""
        node: {id: 10.0.0.1}
        listen: [ "{{address}}:7010" ]
        api: {socket: {{directory}}/lmpd.sock, tls: {certificate: {{directory}}/lmpd.crt, key: {{directory}}/lmpd.key, client-ca: {{directory}}/ca.crt} }
        snmp: {agentx: "unix:{{directory}}/agentx"}
        otlp: {endpoint: "http://127.0.0.1:4318"}
        neighbors:
          - name: oxc2
            node-id: 10.0.0.2
            control-channels:
              - {id: 1, local: {{address}}, remote: "127.0.0.2:7010"}
          - name: ols1
            node-id: 10.0.0.3
            wdm: ols
            control-channels:
              - {id: 2, local: {{address}}, remote: "127.0.0.3:7010"}
          - name: oxc9
            node-id: 10.0.0.4
            control-channels:
              - {id: 3, local: {{address}}, remote: "127.0.0.4:7010"}
          - name: psk
            node-id: 10.0.0.5
            security: ipsec
            ipsec: {psk-file: {{directory}}/psk}
            control-channels:
              - {id: 4, local: {{address}}, remote: "127.0.0.5:7010"}
          - name: certified
            node-id: 10.0.0.6
            security: ipsec
            ipsec: {certificate-file: {{directory}}/ipsec.crt, key-file: {{directory}}/ipsec.key, ca-file: {{directory}}/ipsec-ca.crt}
            control-channels:
              - {id: 5, local: {{address}}, remote: "127.0.0.6:7010"}
        te-links:
          - name: te1
            neighbor: oxc2
            local-id: 1
            data-links:
              - {name: te1-1, local-id: 101, interface: sample0, encoding: sdh, bandwidth: 10Gbps}
          - name: line
            neighbor: ols1
            local-id: 2
            data-links:
              - {name: line-1, local-id: 201, interface: sample1, capabilities: [{bandwidth: 1Gbps}]}
        """;

    // Where the example of a key's type does not fit the surroundings: another value, or another place of the key.
    private static readonly Dictionary<string, (string Path, string Value)> Fitting = new()
    {
        ["api/http"] = ("api/http", "\"127.0.0.1:PORT\""),
        ["api/https"] = ("api/https", "\"127.0.0.1:PORT\""),
        ["state"] = ("state", "DIRECTORY/other.db"),
        ["api/audit"] = ("api/audit", "DIRECTORY/audit"),
        ["api/tokens"] = ("api/tokens", "DIRECTORY/tokens"),
        ["api/socket"] = ("api/socket", "DIRECTORY/other.sock"),
        ["neighbors/*/security"] = ("neighbors/*/security", "none"),
        ["neighbors/*/ipsec/ike-proposals"] = ("neighbors/*/ipsec/ike-proposals", "[aes128gcm16-prfsha256-x25519]"),
        ["listen"] = ("listen", "[\"ADDRESS:7010\", \"127.0.0.88:7010\"]"),
        ["node/name"] = ("node/name", "oxc1"),
        ["neighbors/*/control-channels/*/local"] = ("neighbors/oxc2/control-channels/1/local", "127.0.0.77"),
        ["neighbors/*/control-channels/*/hello-interval"] = ("neighbors/oxc2/control-channels/1/hello-interval", "111ms"),
        ["te-links/*/data-links/*/through"] = ("te-links/te1/data-links/te1-1/through", "line-1"),
        ["te-links/*/data-links/*/component-link"] = ("te-links/te1/data-links/te1-1/component-link", "oc192-1"),
        ["te-links/*/data-links/*/encoding"] = ("te-links/te1/data-links/te1-1/encoding", "ethernet"),
        ["te-links/*/data-links/*/capabilities"] = ("te-links/line/data-links/line-1/capabilities", "[{bandwidth: 40Gbps}]"),
        ["te-links/*/data-links/*/trace"] = ("te-links/te1/data-links/te1-1/trace", "{type: sonet-j0, send: NICE}"),
    };

    /// <summary>Every key with a value of its own, by the path of its place in the schema, in which * stands for an entry of a list.</summary>
    public static IEnumerable<(string Path, ConfigurationKey Key)> Leaves(IReadOnlyList<ConfigurationKey>? keys = null, string path = "")
    {
        foreach (var key in keys ?? ConfigurationSchema.Root.Keys)
        {
            var place = ConfigurationTree.Join(path, key.Name);
            switch (key.Type)
            {
                case SectionType section:
                    foreach (var leaf in Leaves(section.Keys, place)) yield return leaf;
                    break;
                case TableType { Identity: { } identity } table:
                    foreach (var leaf in Leaves([.. table.Keys.Where(k => k.Name != identity)], $"{place}/*")) yield return leaf;
                    break;
                default:
                    yield return (place, key);
                    break;
            }
        }
    }

    /// <summary>Where in <see cref="Base"/> a key is, and what to put there.</summary>
    public static (string Path, string Value) For(string path, ConfigurationKey key, string directory, string address)
    {
        var (place, value) = Fitting.GetValueOrDefault(path, (path, Example(key.Type)));
        string[] first = place.StartsWith("neighbors/*", StringComparison.Ordinal) ? [NeighborOf(place), "1"] : ["te1", "te1-1"];
        foreach (var name in first)
            if (place.IndexOf('*') is >= 0 and var at) place = place.Remove(at, 1).Insert(at, name);
        return (place, value.Replace("DIRECTORY", directory, StringComparison.Ordinal).Replace("ADDRESS", address, StringComparison.Ordinal)
            .Replace("PORT", $"{SocketRig.FreePort(System.Net.IPAddress.Loopback)}", StringComparison.Ordinal));
    }

    // Keys of tunnels belong to neighbours that have one.
    private static string NeighborOf(string place) => place switch
    {
        _ when place.EndsWith("/certificate-file", StringComparison.Ordinal) || place.EndsWith("/key-file", StringComparison.Ordinal) || place.EndsWith("/ca-file", StringComparison.Ordinal) => "certified",
        _ when place.Contains("/ipsec/", StringComparison.Ordinal) || place.EndsWith("/security", StringComparison.Ordinal) => "psk",
        _ => "oxc2",
    };

    /// <summary>A right value, as YAML on a line.</summary>
    public static string Example(ConfigurationType type) => type switch
    {
        ScalarType { IsTruth: true } => "true",
        ScalarType scalar => scalar.Example,
        ListType list => $"[{list.Item.Example}]",
        EitherType either => either.Plain.Example,
        SectionType section => Keys(section.Keys),
        OneOrMoreType one => Keys(one.Keys),
        TableType table => $"[{Keys(table.Keys)}]",
        _ => throw new NotSupportedException(type.ToString()),
    };

    private static string Keys(IReadOnlyList<ConfigurationKey> keys) => $"{{{string.Join(", ", keys.Where(k => k.Required).Select(k => $"{k.Name}: {Example(k.Type)}"))}}}";
}
