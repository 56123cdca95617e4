// RFC 4204 §15.2
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>security</c> and <c>ipsec</c> of a neighbour.</summary>
internal static class IpsecSection
{
    private static readonly (string, NeighborSecurity)[] Securities = [("none", NeighborSecurity.None), ("ipsec", NeighborSecurity.Ipsec)];
    private static readonly (string, bool)[] Keyings = [("ike", true), ("manual", false)];
    private static readonly (string, bool)[] Selectors = [("udp", false), ("lmp", true)];

    // §15.1: "The algorithms used for authentication MUST be cryptographically sound." RFC 8221 and RFC 8247: MUST NOT, or SHOULD NOT.
    private static readonly HashSet<string> Unsound =
        ["des", "3des", "blowfish", "cast128", "md5", "md5_128", "prfmd5", "modp768", "modp1024", "modp1024s160", "none"];

    // §15.2: "IPsec ESP with trailer authentication": an algorithm of its own, or one that encrypts and authenticates in one.
    private static readonly string[] Authenticating = ["sha", "aesxcbc", "aescmac", "gcm", "ccm", "gmac", "chacha20poly1305"];

    /// <summary>Reads both; null: nothing protects the neighbour's messages.</summary>
    public static IpsecConfiguration? Read(Section neighbor, string name, IReadOnlyList<(ControlChannelConfiguration Channel, Position At)> channels, Scope scope)
    {
        var security = neighbor.Optional("security", text => Conversions.Word(text, Securities, "a way to protect messages", "they are"), NeighborSecurity.None);
        var section = neighbor.Child("ipsec", "keying", "vici", "device", "if-id", "psk-file", "certificate-file", "key-file", "ca-file", "local-id", "remote-id",
            "selector", "ike-proposals", "esp-proposals", "rekey-time", "udp-encapsulation");
        if (!security.IsValid) return null;
        if (security.Value == NeighborSecurity.None)
        {
            if (section is not null) scope.Findings.Warning(neighbor.KeyAt("ipsec"), "ipsec: it is not in use; add security: ipsec, or remove it");
            return null;
        }

        if (section is null)
        {
            scope.Findings.Error(neighbor.KeyAt("security"), "security: ipsec needs keys; add ipsec: {psk-file: /etc/lmpd/oxc2.psk}, or certificates (RFC 4204 §15.2)");
            return null;
        }

        foreach (var (channel, at) in channels)
        {
            if (channel.IsMulticast || NativeAddress.NeedsScope(channel.Remote.Address))
                scope.Findings.Error(at, $"remote: a tunnel has two addresses that mean one node each, {channel.Remote.Address} does not; write the neighbour's own, or security: none");
        }

        return Read(section, name, scope.DaemonUser, scope.Findings);
    }

    /// <summary>
    /// What comes from a tunnel's far end is taken from the tunnel or not at all, whatever its port: another neighbour with the same two addresses would
    /// never be heard, or one tunnel would be two neighbours'.
    /// </summary>
    public static void CheckShared(Scope scope)
    {
        foreach (var paths in scope.Paths.GroupBy(p => (p.Key.Local.Address, p.Key.Remote.Address), p => p.Value))
        {
            var (owner, at) = paths.FirstOrDefault(p => scope.Ipsec.Exists(i => i.Neighbor == p.Neighbor));
            if (owner is null) continue;
            foreach (var other in paths.Where(p => p.Neighbor != owner).DistinctBy(p => p.Neighbor))
            {
                scope.Findings.Error(other.At, $"remote: {paths.Key.Item1} to {paths.Key.Item2} is the IPsec tunnel of neighbour {owner} at line {at.Line}, for every port: "
                    + "nothing else is taken from there; each neighbour needs addresses of its own");
            }
        }
    }

    private static IpsecConfiguration Read(Section section, string name, uint? daemonUser, Findings findings)
    {
        var keying = section.Optional("keying", text => Conversions.Word(text, Keyings, "a way to agree on keys", "they are"), true);
        var ids = (Local: section.OptionalText("local-id", Identity), Remote: section.OptionalText("remote-id", Identity));
        var psk = section.OptionalText("psk-file", Conversions.FilePath);
        var certificate = section.OptionalText("certificate-file", Conversions.FilePath);
        var key = section.OptionalText("key-file", Conversions.FilePath);
        var ca = section.OptionalText("ca-file", Conversions.FilePath);
        CheckKeys(section, keying, psk, certificate, key, ca, findings);
        foreach (var file in (Field<string?>[])[psk, key]) CheckSecret(file, daemonUser, findings);
        foreach (var file in (Field<string?>[])[certificate, ca]) CheckThere(file, findings);
        var vici = section.Optional("vici", Conversions.SocketPath, IpsecConfiguration.DefaultVici);
        if (vici is { IsGiven: true, IsValid: true, Value: null }) findings.Error(vici.At, "vici: charon has to be asked for the keys; write its socket, or keying: manual");
        return new IpsecConfiguration
        {
            Neighbor = name,
            Vici = keying.Value ? vici.Value : null,
            Device = section.Optional("device", Conversions.InterfaceName, IpsecConfiguration.DefaultDevice).Value,
            InterfaceId = section.OptionalValue("if-id", Conversions.Number).Value,
            PskFile = psk.Value,
            CertificateFile = certificate.Value,
            KeyFile = key.Value,
            CaFile = ca.Value,
            LocalId = ids.Local.Value,
            RemoteId = ids.Remote.Value,
            SelectsPort = section.Optional("selector", text => Conversions.Word(text, Selectors, "a selector", "they are"), false).Value,
            IkeProposals = section.Values("ike-proposals", Proposal).Value,
            EspProposals = section.Values("esp-proposals", EspProposal).Value,
            RekeyTime = section.Optional("rekey-time", RekeyTime, TimeSpan.FromHours(1)).Value,
            UdpEncapsulation = section.Optional("udp-encapsulation", Conversions.Boolean, true).Value,
        };
    }

    private static void CheckKeys(
        Section section, Field<bool> keying, Field<string?> psk, Field<string?> certificate, Field<string?> key, Field<string?> ca, Findings findings)
    {
        if (!keying.IsValid) return;
        var certificates = new[] { certificate, key, ca }.Count(f => f.IsGiven);
        if (!keying.Value)
        {
            if (psk.IsGiven || certificates > 0) findings.Warning(section.KeyAt("keying"), "keying: with manual, the keys are set by ip xfrm and not here; remove the files, or write ike");
        }
        else if (psk.IsGiven && certificates > 0)
        {
            findings.Error(psk.At, "psk-file: there are certificates as well; keep one of the two");
        }
        else if (!psk.IsGiven && certificates < 3)
        {
            findings.Error(section.At, certificates == 0
                ? "ipsec: there are no keys; add psk-file, or certificate-file, key-file and ca-file (RFC 4204 §15.2)"
                : "ipsec: certificate-file, key-file and ca-file belong together; add what is missing");
        }
    }

    private static void CheckSecret(Field<string?> file, uint? daemonUser, Findings findings)
    {
        if (file is not { IsGiven: true, IsValid: true, Value: { } path }) return;
        if (SecretFile.ProblemWith(path, daemonUser) is { } problem) findings.Error(file.At, $"{problem} (RFC 4204 §15.2)");
        else CheckThere(file, findings);
    }

    // It may come later: a file that is missing is no reason to refuse the rest.
    private static void CheckThere(Field<string?> file, Findings findings)
    {
        if (file is { IsGiven: true, IsValid: true, Value: { } path } && !File.Exists(path)) findings.Warning(file.At, $"there is no file {path} yet; until there is, there is no tunnel");
    }

    private static Converted<string> Identity(string text) =>
        text.Length is > 0 and <= 200 && !text.Any(char.IsControl) ? text
            : new Wrong($"{Findings.Quote(text)} cannot be an identity; write an address, a name as oxc1.example.net, or a certificate's subject");

    private static Converted<TimeSpan> RekeyTime(string text) =>
        Durations.Duration(text).If(d => d >= TimeSpan.FromMinutes(1), $"{Findings.Quote(text)} is too short; write at least 1min");

    // Which words there are, charon knows best; what must not be is known here.
    private static Converted<string> Proposal(string text)
    {
        var words = text.Split('-');
        if (words.Any(w => w.Length == 0 || !w.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')))
            return new Wrong($"{Findings.Quote(text)} is not a proposal; write it as strongSwan does, such as aes128gcm16-x25519");
        if (words.FirstOrDefault(Unsound.Contains) is { } weak)
            return new Wrong($"{Findings.Quote(text)}: {weak} is not sound (RFC 4204 §15.1, RFC 8221, RFC 8247); write for instance aes128gcm16-x25519");
        return text;
    }

    private static Converted<string> EspProposal(string text) => Proposal(text).If(
        p => p.Split('-').Any(word => Authenticating.Any(a => word.Contains(a, StringComparison.Ordinal))),
        $"{Findings.Quote(text)} would authenticate nothing; add an algorithm, such as null-sha256 or aes128gcm16");
}
