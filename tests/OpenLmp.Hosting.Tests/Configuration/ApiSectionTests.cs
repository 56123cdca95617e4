namespace OpenLmp.Hosting.Tests;

/// <summary>api: who may.</summary>
public class ApiSectionTests
{
    private const string Tls = "tls: {certificate: /c, key: /k";

    [Fact]
    public void Little_is_open_where_nothing_is_said()
    {
        var api = Reading.Good(Texts.Minimal).Api;

        Assert.Equal("0660", Octal(api.SocketMode));
        Assert.Equal((null, null, null, null, null), (api.ReadGroup, api.AdminGroup, api.Https, api.Tokens, api.AnonymousRead));
        Assert.Equal(new ApiLimits(), api.Limits);
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var api = Reading.Good(Texts.Root("""
            api:
              socket: /run/lmpd.sock
              mode: "0666"
              read-group: operators
              admin-group: 27
              https: 192.0.2.1:7443
              tls: {certificate: /etc/lmpd.crt, key: /etc/lmpd.key, client-ca: /etc/ca.crt, admins: [ ops, "NOC Berlin" ]}
              tokens: /etc/lmpd.tokens
              anonymous-read: false
              audit: /var/log/lmpd.audit
              limits: {connections: 10, connections-per-peer: 5, event-streams: 4, event-streams-per-peer: 2}
            """)).Api;

        Assert.Equal("0666", Octal(api.SocketMode));
        Assert.Equal(("operators", 4, 15), (api.ReadGroup!.Value.Text, api.ReadGroup.Value.Line, api.ReadGroup.Value.Column));
        Assert.Equal("27", api.AdminGroup!.Value.Text);
        Assert.Equal("192.0.2.1:7443", Addresses.Full(api.Https!.Value));
        Assert.Equal(("/etc/lmpd.crt", "/etc/lmpd.key", "/etc/ca.crt"), (api.Tls!.Certificate.Text, api.Tls.Key.Text, api.Tls.ClientCa!.Value.Text));
        Assert.Equal(["ops", "NOC Berlin"], api.Tls.Admins);
        Assert.Equal(("/etc/lmpd.tokens", false, "/var/log/lmpd.audit"), (api.Tokens!.Value.Text, api.AnonymousRead, api.AuditPath));
        Assert.Equal(new ApiLimits { Connections = 10, ConnectionsPerPeer = 5, EventStreams = 4, EventStreamsPerPeer = 2 }, api.Limits);
    }

    [Fact]
    public void What_moves_in_the_file_is_not_changed() =>
        Assert.Equal(Reading.Good(Texts.Root("api: {tokens: /t}")).Api, Reading.Good(Texts.Root("api:\n\n  tokens:   /t")).Api);

    [Theory]
    [InlineData("http: ¶0.0.0.0:7010", "http: 0.0.0.0 can be reached from other machines, and nothing is encrypted; write 127.0.0.1:7010, or use https: with tls:")]
    [InlineData("http: ¶\"[2001:db8::1]:7010\"", "http: 2001:db8::1 can be reached from other machines, and nothing is encrypted; write 127.0.0.1:7010, or use https: with tls:")]
    [InlineData("¶https: 192.0.2.1:7443", "https: tls is missing; add it beside, such as tls: {certificate: /etc/lmpd/lmpd.crt, key: /etc/lmpd/lmpd.key}")]
    [InlineData("¶https: 192.0.2.1:7443, " + Tls + "}", "https: nobody may use it; add tokens:, or client-ca: below tls:, or anonymous-read: true")]
    [InlineData("http: 127.0.0.1:7010, tokens: /t, https: ¶127.0.0.1:7010, " + Tls + "}", "https: http: has 127.0.0.1:7010 already; give them a port each")]
    [InlineData("tokens: /t, https: 192.0.2.1:7443, tls: ¶{key: /k}", "tls: certificate is missing; add it, such as certificate: /etc/lmpd/lmpd.crt")]
    [InlineData("tokens: ¶lmpd.tokens", "tokens: \"lmpd.tokens\" is not the full path of a file; write it from the root, such as /var/lib/lmpd/lmpd.db")]
    [InlineData("mode: ¶0777", "mode: \"0777\" is not a mode for a socket; write 0600 for its owner, 0660 for its owner and group, or 0666 for all, who are then told apart by user and group")]
    [InlineData("mode: ¶0060", "mode: \"0060\" is not a mode for a socket; write 0600 for its owner, 0660 for its owner and group, or 0666 for all, who are then told apart by user and group")]
    [InlineData("mode: ¶rw", "mode: \"rw\" is not a mode for a socket; write 0600 for its owner, 0660 for its owner and group, or 0666 for all, who are then told apart by user and group")]
    [InlineData("admin-group: ¶\"a b\"", "admin-group: \"a b\" cannot be a group; write its name or number, such as lmpd")]
    [InlineData("limits: {connections: ¶0}", "connections: \"0\" is not a number from 1 to 10000")]
    [InlineData("anonymous-read: ¶maybe", "anonymous-read: \"maybe\" is not a truth value; write one of true, false")]
    public void What_cannot_be_is_told(string keys, string error) => Reading.Bad(Texts.Root($"api: {{{keys}}}"), error);

    [Fact]
    public void Certificates_without_use_are_doubtful() =>
        Reading.Doubtful(Texts.Root($"api: {{¶{Tls}}}}}"), "tls: without https: nothing uses it");

    private static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');
}
