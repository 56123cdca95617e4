// RFC 4204 §15 with strongSwan: what is on the wire, and what is not.
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace OpenLmp.Hosting.Tests;

public sealed class IpsecEndToEndTests
{
    [StrongSwanFact]
    [Requirement("4204-15.1-1")]
    [Requirement("4204-15.2-2")]
    [Requirement("5818-7-1")]
    [Requirement("6898-5-1")]
    public async Task Only_ESP_is_on_the_wire_also_while_charon_is_dead()
    {
        using var rig = new IpsecRig();
        using var plain = new Sniffer(rig.Right.Space, "udp port 701");
        using var esp = new Sniffer(rig.Right.Space, "udp port 4500");
        await plain.Listens;
        await esp.Listens;
        rig.Left.StartDaemon();
        rig.Right.StartDaemon();
        await rig.Left.NeighborAsync(Says($"no IPsec tunnel to 10.99.0.2: charon at {rig.Left.Charon.Vici} does not answer (there is no such socket); start strongSwan, or correct vici"), "no charon");
        Assert.Contains((await rig.Left.GetAsync("/v1/alarms")).EnumerateArray(), a => a.GetProperty("kind").GetString() == "ipsec-down" && a.GetProperty("object").GetString() == "oxc2");

        rig.Left.Charon.Start();
        rig.Right.Charon.Start();
        await rig.UpAsync();
        var left = (await rig.Left.GetAsync("/v1/neighbors"))[0].GetProperty("security");
        var right = (await rig.Right.GetAsync("/v1/neighbors"))[0].GetProperty("security");
        Assert.Equal((left.GetProperty("spiIn").GetString(), left.GetProperty("spiOut").GetString()), (right.GetProperty("spiOut").GetString(), right.GetProperty("spiIn").GetString()));
        Assert.StartsWith("AES", left.GetProperty("encryption").GetString(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => esp.Lines.Any(l => l.Contains("10.99.0.1.4500 > 10.99.0.2.4500: UDP-encap: ESP", StringComparison.Ordinal)), () => "ESP");

        rig.Left.Charon.Kill();
        await rig.Left.NeighborAsync(Says("does not answer"), "the loss of charon");
        await rig.Right.NeighborAsync(n => n.GetProperty("state").GetString() == "Down", "Down at the other end");
        rig.Left.Charon.Start();
        await rig.UpAsync();

        Assert.Empty(plain.Lines);
    }

    [StrongSwanFact]
    [Requirement("4204-15.1-1")]
    [Requirement("6898-5-1")]
    public async Task What_is_forged_beside_the_tunnel_is_dropped_and_counted()
    {
        using var rig = new IpsecRig();
        rig.Start();
        await rig.UpAsync();
        await rig.ForgeAsync();
    }

    [StrongSwanFact]
    [Requirement("4204-15.1-1")]
    [Requirement("6898-5-1")]
    public async Task IPv6_is_protected_as_IPv4_is()
    {
        using var rig = new IpsecRig(isIPv6: true);
        using var plain = new Sniffer(rig.Right.Space, "udp port 701");
        using var esp = new Sniffer(rig.Right.Space, "udp port 4500");
        await plain.Listens;
        await esp.Listens;
        rig.Start();
        await rig.UpAsync();
        foreach (var way in (string[])["fd00:99::1.4500 > fd00:99::2.4500: UDP-encap: ESP", "fd00:99::2.4500 > fd00:99::1.4500: UDP-encap: ESP"])
            await Eventually.TrueAsync(() => esp.Lines.Any(l => l.Contains(way, StringComparison.Ordinal)), () => way);
        Assert.Empty(plain.Lines);

        await rig.ForgeAsync();
    }

    [StrongSwanFact]
    [Requirement("4204-15.1-1")]
    public async Task What_was_recorded_on_the_wire_and_is_sent_again_changes_nothing()
    {
        const int Packets = 30;
        const int Times = 20;
        using var rig = new IpsecRig();
        // From the first Config on.
        using var wire = new EspRecorder(rig.Left.Space);
        rig.Start();
        await rig.UpAsync();
        await Eventually.TrueAsync(() => wire.Packets.Count >= Packets, () => $"{Packets} ESP packets; there are {wire.Packets.Count}");
        var recorded = wire.Packets.ToArray();
        var (before, drops) = (await rig.Left.ChannelAsync(), await rig.Left.DropsAsync());

        // From the neighbour's own place: address, port and TTL are right. No more at once than the recorder's socket can hold.
        for (var i = 0; i < Times; i++)
        {
            var arrived = wire.Packets.Count;
            EspRecorder.Send(rig.Right.Space, IPAddress.Parse("10.99.0.1"), recorded);
            await Eventually.TrueAsync(() => wire.Packets.Count >= arrived + recorded.Length, () => "what was sent again");
        }

        var sent = wire.Packets.Count;
        await Eventually.TrueAsync(() => wire.Packets.Count >= sent + 5, () => "Hellos after it");
        await Eventually.TrueAsync(() => File.ReadAllText(rig.Left.Charon.Log).Contains("sequence number verification failed", StringComparison.Ordinal), () => "charon's refusal");
        Assert.Equal(before, await rig.Left.ChannelAsync());
        // None of it came as far as lmpd, which would have counted it.
        Assert.InRange(await rig.Left.DropsAsync() - drops, 0, recorded.Length);
    }

    [StrongSwanFact]
    [Requirement("4204-15.2-3")]
    public async Task Another_key_at_one_end_is_told_and_corrected_by_a_reload()
    {
        using var rig = new IpsecRig();
        var psk = Path.Combine(rig.Directory, "oxc1.psk");
        var right = await File.ReadAllTextAsync(psk);
        IpsecRig.Write(psk, "another key");
        rig.Start();

        // The node with the lower Node_Id is refused as soon as it tries: the other one, by it.
        await rig.Right.NeighborAsync(Says("oxc1 refused our authentication (AUTHENTICATION_FAILED): the keys or the identities of the two ends differ"), "the refusal");
        IpsecRig.Write(psk, right);
        rig.Left.Daemon.Signal(PosixSignal.SIGHUP);

        await rig.UpAsync();
    }

    [StrongSwanFact]
    [Requirement("4204-15.1-3")]
    [Requirement("4204-15.2-9")]
    public async Task Algorithms_and_selectors_are_negotiated_and_keys_replaced_without_a_flap()
    {
        using var rig = new IpsecRig();
        // One end would rather do without encryption; one protects LMP only, the other all UDP.
        rig.Left.Configure($"psk-file: {rig.Directory}/oxc1.psk, esp-proposals: [ aes256gcm16, null-sha512 ], selector: lmp");
        rig.Right.Configure($"psk-file: {rig.Directory}/oxc2.psk, esp-proposals: [ null-sha256, null-sha512 ]");
        rig.Start();
        await rig.UpAsync();
        var security = (await rig.Left.GetAsync("/v1/neighbors"))[0].GetProperty("security");
        Assert.Equal("NULL HMAC_SHA2_512_256", security.GetProperty("encryption").GetString());

        await rig.Left.Charon.DoAsync("rekey", new ViciSection { { "child", "lmpd-oxc2-10.99.0.1-10.99.0.2" } });

        foreach (var end in (IpsecRig.End[])[rig.Left, rig.Right])
        {
            await end.NeighborAsync(n => n.GetProperty("security") is var s && s.GetProperty("rekeys").GetInt32() == 1 && s.GetProperty("state").GetString() == "up", "new keys");
            Assert.Equal(0, (await end.GetAsync("/v1/control-channels"))[0].GetProperty("flaps").GetInt32());
        }

        Assert.NotEqual(security.GetProperty("spiIn").GetString(), (await rig.Left.GetAsync("/v1/neighbors"))[0].GetProperty("security").GetProperty("spiIn").GetString());
    }

    [StrongSwanFact]
    [Requirement("4204-15.2-11")]
    public async Task Certificates_do_as_well()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ca", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var rig = new IpsecRig((rig, name) => Issue(rig.Directory, name, authority));
        rig.Start();

        await rig.UpAsync();
    }

    private static Func<JsonElement, bool> Says(string text) => n => n.GetProperty("reason").GetString()!.Contains(text, StringComparison.Ordinal);

    private static string Issue(string directory, string name, X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse($"10.99.0.{name[^1]}"));
        request.CertificateExtensions.Add(names.Build());
        var serial = BitConverter.GetBytes(int.Parse(name[3..], CultureInfo.InvariantCulture));
        using var certificate = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), serial);
        File.WriteAllText(Path.Combine(directory, $"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(directory, "ca.pem"), authority.ExportCertificatePem());
        IpsecRig.Write(Path.Combine(directory, $"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return $"certificate-file: {directory}/{name}.pem, key-file: {directory}/{name}.key, ca-file: {directory}/ca.pem";
    }
}
