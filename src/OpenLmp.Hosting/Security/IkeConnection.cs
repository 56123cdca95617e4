// RFC 4204 §15.2 in strongSwan's words (swanctl.conf(5), the same as vici's load-conn).
using System.Globalization;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>What charon is told of a tunnel.</summary>
internal static class IkeConnection
{
    // Hellos tell within a second of what is dead; this makes charon clean up after it.
    private const string DeadPeerDetection = "30s";

    /// <summary>The message of load-conn.</summary>
    /// <param name="tunnel">The tunnel.</param>
    /// <param name="shared">Whether there are others to the same neighbour.</param>
    /// <exception cref="SecretFileException">A certificate cannot be read.</exception>
    public static ViciSection Load(Tunnel tunnel, bool shared)
    {
        var (ipsec, key) = (tunnel.Configuration, tunnel.Key);
        ViciSection child = new()
        {
            { "mode", "tunnel" },
            { "local_ts", Selectors(tunnel, key.Local, ports => ports.Local) },
            { "remote_ts", Selectors(tunnel, key.Remote, ports => ports.Remote) },
            { "rekey_time", Seconds(ipsec.RekeyTime) },
            { "start_action", "none" },
            { "close_action", "none" },
            { "dpd_action", "clear" },
        };
        if (ipsec.EspProposals.Count > 0) child.Add("esp_proposals", ipsec.EspProposals);
        if (ipsec.InterfaceId is { } id)
        {
            child.Add("if_id_in", $"{id}");
            child.Add("if_id_out", $"{id}");
        }

        ViciSection connection = new()
        {
            // IKEv2, which RFC 6898 §5 puts in the place of the IKE of RFC 2409.
            { "version", "2" },
            { "local_addrs", [key.Local.ToString()] },
            { "remote_addrs", [key.Remote.ToString()] },
            { "encap", ipsec.UdpEncapsulation ? "yes" : "no" },
            { "mobike", "no" },
            // Whoever restarted takes the place of what it was before. Tunnels that may have the same identities must not take one another's.
            { "unique", shared ? "never" : "replace" },
            { "keyingtries", "1" },
            { "dpd_delay", DeadPeerDetection },
            { "local-1", Local(ipsec, key) },
            { "remote-1", Remote(ipsec, key) },
            { "children", new ViciSection { { tunnel.Connection, child } } },
        };
        if (ipsec.IkeProposals.Count > 0) connection.Add("proposals", ipsec.IkeProposals);
        return new ViciSection { { tunnel.Connection, connection } };
    }

    /// <summary>The message of load-shared; it holds the key, and whoever has sent it clears that.</summary>
    public static ViciSection Shared(Tunnel tunnel, byte[] psk) => new()
    {
        { "id", tunnel.Connection },
        { "type", "IKE" },
        { "data", psk },
        { "owners", [LocalId(tunnel.Configuration, tunnel.Key), RemoteId(tunnel.Configuration, tunnel.Key)] },
    };

    /// <summary>The message of initiate.</summary>
    public static ViciSection Initiate(Tunnel tunnel, TimeSpan patience) => new()
    {
        { "ike", tunnel.Connection },
        { "child", tunnel.Connection },
        { "timeout", ((long)patience.TotalMilliseconds).ToString(CultureInfo.InvariantCulture) },
        { "loglevel", "1" },
    };

    private static ViciSection Local(IpsecConfiguration ipsec, TunnelKey key)
    {
        if (ipsec.CertificateFile is not { } certificate) return new ViciSection { { "auth", "psk" }, { "id", LocalId(ipsec, key) } };
        return new ViciSection { { "auth", "pubkey" }, { "id", LocalId(ipsec, key) }, { "certs", [SecretFile.ReadPublic(certificate, SecretFile.LongestForCharon)] } };
    }

    private static ViciSection Remote(IpsecConfiguration ipsec, TunnelKey key)
    {
        if (ipsec.CaFile is not { } authority) return new ViciSection { { "auth", "psk" }, { "id", RemoteId(ipsec, key) } };
        return new ViciSection { { "auth", "pubkey" }, { "id", RemoteId(ipsec, key) }, { "cacerts", [SecretFile.ReadPublic(authority, SecretFile.LongestForCharon)] } };
    }

    // "The identities ... SHOULD be the IP addresses of the communicating peers."
    private static string LocalId(IpsecConfiguration ipsec, TunnelKey key) => ipsec.LocalId ?? key.Local.ToString();

    private static string RemoteId(IpsecConfiguration ipsec, TunnelKey key) => ipsec.RemoteId ?? key.Remote.ToString();

    // "The protocol field MUST be UDP. The port field SHOULD be set to zero to indicate port fields should be ignored." Where the neighbour names the
    // port and we do not, or the other way round, IKEv2 narrows to what both have (RFC 7296 §2.9).
    private static IEnumerable<string> Selectors(Tunnel tunnel, NetworkAddress address, Func<(ushort Local, ushort Remote), ushort> port)
    {
        var one = $"{address}/{(address.IsIPv6 ? 128 : 32)}";
        return tunnel.Configuration.SelectsPort ? tunnel.Ports.Select(port).Distinct().Select(p => $"{one}[udp/{p}]") : [$"{one}[udp]"];
    }

    private static string Seconds(TimeSpan time) => $"{(long)time.TotalSeconds}s";
}
