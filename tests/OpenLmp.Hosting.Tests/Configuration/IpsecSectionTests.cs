using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>RFC 4204 §15.2: <c>security</c> and <c>ipsec</c> of a neighbour.</summary>
public sealed class IpsecSectionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-ipsec-").FullName;

    private string Psk => Path.Combine(_directory, "psk");

    [Theory]
    [InlineData("")]
    [InlineData("security: none")]
    public void Nothing_protects_unless_it_is_configured(string lines)
    {
        var configuration = Reading.Good(Texts.Neighbor(lines));

        Assert.Equal(NeighborSecurity.None, configuration.Node.Neighbors[0].Security);
        Assert.Empty(configuration.Ipsec);
    }

    [Fact]
    public void A_file_with_a_key_is_enough()
    {
        var configuration = Reading.Good(Texts.Neighbor("security: ipsec\nipsec: {psk-file: /nowhere/psk}"));

        Assert.Equal(NeighborSecurity.Ipsec, configuration.Node.Neighbors[0].Security);
        Assert.Equal(new IpsecConfiguration { Neighbor = "oxc2", PskFile = "/nowhere/psk" }, Assert.Single(configuration.Ipsec));
    }

    [Fact]
    public void Every_key_arrives() => Assert.Equal(
        new IpsecConfiguration
        {
            Neighbor = "oxc2",
            Vici = "/run/c.vici",
            Device = "ipsec1",
            InterfaceId = 42,
            CertificateFile = "/n/c",
            KeyFile = "/n/k",
            CaFile = "/n/a",
            LocalId = "CN=oxc1",
            RemoteId = "oxc2.example.net",
            SelectsPort = true,
            IkeProposals = ["aes256-sha384-ecp384"],
            EspProposals = ["null-sha256", "aes128gcm16"],
            RekeyTime = TimeSpan.FromHours(8),
            UdpEncapsulation = false,
        },
        Assert.Single(Reading.Good(Texts.Neighbor("""
            security: ipsec
            ipsec: {vici: /run/c.vici, device: ipsec1, if-id: 42, certificate-file: /n/c, key-file: /n/k, ca-file: /n/a, local-id: CN=oxc1, remote-id: oxc2.example.net, keying: ike, selector: lmp, ike-proposals: [ aes256-sha384-ecp384 ], esp-proposals: [ null-sha256, aes128gcm16 ], rekey-time: 8h, udp-encapsulation: false}
            """)).Ipsec));

    [Fact]
    [Requirement("4204-15.2-1")]
    public void Keys_may_be_set_by_hand() =>
        Assert.Equal(
            new IpsecConfiguration { Neighbor = "oxc2", Vici = null, Device = "ipsec0" },
            Assert.Single(Reading.Good(Texts.Neighbor("security: ipsec\nipsec: {keying: manual, device: ipsec0}")).Ipsec));

    [Theory]
    [InlineData("security: ¶tls", "security: \"tls\" is not a way to protect messages; they are none, ipsec")]
    [InlineData("¶security: ipsec", "security: ipsec needs keys; add ipsec: {psk-file: /etc/lmpd/oxc2.psk}, or certificates (RFC 4204 §15.2)")]
    [InlineData("security: ipsec\nipsec: ¶{vici: /run/c}", "ipsec: there are no keys; add psk-file, or certificate-file, key-file and ca-file (RFC 4204 §15.2)")]
    [InlineData("security: ipsec\nipsec: ¶{key-file: /n/k}", "ipsec: certificate-file, key-file and ca-file belong together; add what is missing")]
    [InlineData("security: ipsec\nipsec: {psk-file: ¶/n/p, key-file: /n/k}", "psk-file: there are certificates as well; keep one of the two")]
    [InlineData("security: ipsec\nipsec: {psk-file: /n/p, vici: ¶none}", "vici: charon has to be asked for the keys; write its socket, or keying: manual")]
    [InlineData("security: ipsec\nipsec: {psk-file: ¶psk}", "psk-file: \"psk\" is not the full path of a file; write it from the root, such as /var/lib/lmpd/lmpd.db")]
    [InlineData("security: ipsec\nipsec: {psk-file: /n/p, rekey-time: ¶1s}", "rekey-time: \"1s\" is too short; write at least 1min")]
    public void What_is_wrong_is_told(string lines, string error) => Reading.Bad(Texts.Neighbor(lines), error);

    [Theory]
    [InlineData("¶ipsec: {keying: manual}", "ipsec: it is not in use; add security: ipsec, or remove it")]
    [InlineData(
        "security: ipsec\nipsec: {¶keying: manual, psk-file: ¶/n/p}",
        "keying: with manual, the keys are set by ip xfrm and not here; remove the files, or write ike", "there is no file /n/p yet; until there is, there is no tunnel")]
    public void What_has_no_effect_is_told(string lines, params string[] warnings) => Reading.Doubtful(Texts.Neighbor(lines), warnings);

    [Theory]
    [Requirement("4204-15.1-2")]
    [InlineData("ike-proposals: [ ¶aes128-md5-modp2048 ]", "ike-proposals: \"aes128-md5-modp2048\": md5 is not sound (RFC 4204 §15.1, RFC 8221, RFC 8247); write for instance aes128gcm16-x25519")]
    [InlineData("ike-proposals: [ ¶aes128-sha256-modp768 ]", "ike-proposals: \"aes128-sha256-modp768\": modp768 is not sound (RFC 4204 §15.1, RFC 8221, RFC 8247); write for instance aes128gcm16-x25519")]
    [InlineData("esp-proposals: [ ¶3des-sha256 ]", "esp-proposals: \"3des-sha256\": 3des is not sound (RFC 4204 §15.1, RFC 8221, RFC 8247); write for instance aes128gcm16-x25519")]
    [InlineData("esp-proposals: [ ¶aes128-x25519 ]", "esp-proposals: \"aes128-x25519\" would authenticate nothing; add an algorithm, such as null-sha256 or aes128gcm16")]
    [InlineData("esp-proposals: [ ¶\"aes 128\" ]", "esp-proposals: \"aes 128\" is not a proposal; write it as strongSwan does, such as aes128gcm16-x25519")]
    public void Algorithms_have_to_be_sound(string line, string error) =>
        Reading.Bad(Texts.Neighbor($"security: ipsec\nipsec:\n  psk-file: /n/p\n  {line}"), error);

    [Fact]
    public void A_tunnel_has_two_ends()
    {
        const string Ipsec = "security: ipsec\nipsec: {psk-file: /n/p}\ncontrol-channels:\n  - ";

        Reading.Bad(Texts.Neighbor(Ipsec + "{id: 1, local: 10.255.0.1, ¶remote: multicast, interface: eth0}"),
            "remote: a tunnel has two addresses that mean one node each, 224.0.0.1 does not; write the neighbour's own, or security: none");
    }

    [Theory]
    [InlineData("security: ipsec\nipsec: {psk-file: /n/p}\n", "", "¶")]
    [InlineData("", "security: ipsec\nipsec: {psk-file: /n/p}\n", "¶")]
    [InlineData("security: ipsec\nipsec: {psk-file: /n/p}\n", "security: ipsec\nipsec: {psk-file: /n/q}\n", "¶")]
    [InlineData("", "", "")]
    public void A_tunnels_addresses_are_one_neighbours(string first, string second, string mark)
    {
        var atSecond = first.Length > 0 ? mark : "";
        var text = Texts.Root(Texts.List(
            "neighbors",
            $"name: oxc2\nnode-id: 10.0.0.2\n{first}control-channels: [ {{id: 1, local: 10.255.0.1, remote: {(atSecond.Length > 0 ? "" : mark)}10.255.0.2}} ]",
            // Another port is no other neighbour to a tunnel.
            $"name: oxc3\nnode-id: 10.0.0.3\n{second}control-channels: [ {{id: 2, local: 10.255.0.1, remote: {atSecond}\"10.255.0.2:7010\"}} ]",
            "name: oxc4\nnode-id: 10.0.0.4\ncontrol-channels: [ {id: 3, local: 10.255.0.1, remote: 10.255.0.4} ]"));
        if (mark.Length == 0)
        {
            Reading.Good(text);
            return;
        }

        var (owner, line) = first.Length > 0 ? ("oxc2", 6) : ("oxc3", 9);
        Reading.Bad(text, $"remote: 10.255.0.1 to 10.255.0.2 is the IPsec tunnel of neighbour {owner} at line {line}, for every port: nothing else is taken from there; each neighbour needs addresses of its own");
    }

    [Fact]
    [Requirement("4204-15.2-13")]
    public void A_key_that_others_can_read_is_an_error()
    {
        File.WriteAllText(Psk, "secret");
        File.SetUnixFileMode(Psk, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        Reading.Bad(Texts.Neighbor($"security: ipsec\nipsec: {{psk-file: ¶{Psk}}}"), $"{Psk} has mode 0640: others than its owner get at the secret in it; chmod 600 {Psk} (RFC 4204 §15.2)");

        File.SetUnixFileMode(Psk, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.Empty(ConfigurationReader.Parse(Texts.Neighbor($"security: ipsec\nipsec: {{psk-file: {Psk}}}"), "f").Warnings);
    }

    [NamespaceFact]
    [Requirement("4204-15.2-13")]
    public void A_key_that_belongs_to_somebody_else_is_an_error()
    {
        File.WriteAllText(Psk, "secret");
        File.SetUnixFileMode(Psk, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var chown = System.Diagnostics.Process.Start("chown", ["65534", Psk]);
        chown.WaitForExit();

        Reading.Bad(Texts.Neighbor($"security: ipsec\nipsec: {{psk-file: ¶{Psk}}}"), $"{Psk} belongs to user 65534, neither root nor lmpd's own; chown root {Psk}, or to lmpd's user (RFC 4204 §15.2)");
        // 65534 is nobody, everywhere.
        Reading.Good(Texts.Neighbor($"security: ipsec\nipsec: {{psk-file: {Psk}}}", "process: {user: nobody}"));
    }

    [Fact]
    public void A_key_that_is_not_there_yet_is_doubtful() =>
        Reading.Doubtful(Texts.Neighbor($"security: ipsec\nipsec: {{psk-file: ¶{Psk}}}"), $"there is no file {Psk} yet; until there is, there is no tunnel");

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
