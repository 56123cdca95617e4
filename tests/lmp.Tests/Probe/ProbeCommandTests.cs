using System.CommandLine;
using System.Net;
using System.Text;
using System.Text.Json;
using OpenLmp.Cli.Probe;
using OpenLmp.Protocol;

namespace OpenLmp.Cli.Tests.Probe;

public class ProbeCommandTests
{
    [Theory]
    [InlineData("probe")]
    [InlineData("probe 10.0.0.1 10.0.0.2")]
    [InlineData("probe 10.0.0.1 --timeout 3")]
    [InlineData("probe 10.0.0.1 --timeout 0s")]
    [InlineData("probe 10.0.0.1 --timeout -1s")]
    [InlineData("probe 10.0.0.1 --timeout 3601s")]
    [InlineData("probe 10.0.0.1 --timeout 1e300s")]
    [InlineData("probe 10.0.0.1 --timeout s")]
    [InlineData("probe 10.0.0.1 --node-id 1")]
    [InlineData("probe 10.0.0.1 --node-id ::1")]
    [InlineData("probe 10.0.0.1 --local eth0")]
    public void Refuses(string line) => Assert.NotEmpty(Parse(line).Errors);

    [Theory]
    [InlineData("probe 10.0.0.1")]
    [InlineData("probe oxc2.example:7011 --timeout 500ms --node-id 10.0.0.9 --local 10.0.0.1 -j")]
    public void Accepts(string line) => Assert.Empty(Parse(line).Errors);

    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", 701)]
    [InlineData("10.0.0.1:7011", "10.0.0.1", 7011)]
    [InlineData("2001:db8::1", "2001:db8::1", 701)]
    [InlineData("[2001:db8::1]:7011", "2001:db8::1", 7011)]
    [InlineData("localhost:7011", "127.0.0.1", 7011)]
    public void Understands_targets(string text, string address, int port)
    {
        Assert.Null(ProbeOptions.ParseTarget(text, out var target));
        // "localhost" may be ::1 first.
        Assert.Equal(port, target.Port);
        if (text.StartsWith("localhost", StringComparison.Ordinal)) Assert.True(IPAddress.IsLoopback(target.Address.ToIPAddress()));
        else Assert.Equal(address, target.Address.ToString());
    }

    [Theory]
    [InlineData("10.0.1", "expected an address")]
    [InlineData("10.0.0.1:0", "expected a port")]
    [InlineData("10.0.0.1:70000", "expected a port")]
    [InlineData("2001:db8::g", "expected an address")]
    [InlineData("", "expected an address")]
    [InlineData("no such host", "cannot be resolved")]
    [InlineData("0.0.0.0", "the address of one node")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("ff02::1", "multicast")]
    public void Says_what_is_wrong_with_a_target(string text, string words) => Assert.Contains(words, ProbeOptions.ParseTarget(text, out _), StringComparison.Ordinal);

    [Theory]
    [InlineData("3s", 3000)]
    [InlineData("1.5s", 1500)]
    [InlineData("20ms", 20)]
    public void Understands_timeouts(string text, int milliseconds)
    {
        Assert.True(ProbeOptions.TryParseTimeout(text, out var timeout));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), timeout);
    }

    [Fact]
    public void Reports_an_answer_to_people()
    {
        using var node = new Responder(IPAddress.Loopback, Responder.Ack);
        var (exitCode, output, errors) = Execute(node.Endpoint, json: false);
        Assert.Equal((0, ""), (exitCode, errors));
        var lines = output.Split('\n');
        Assert.Matches(@"^127\.0\.0\.1:\d+ answered after \d+\.\d\d ms: ConfigAck cc 7 node 10\.0\.0\.2 acks \d+ of cc 1 node 127\.0\.0\.1$", lines[0]);
        Assert.Equal("LMP runs there as node 10.0.0.2 and agrees to Hello every 150 ms, dead after 500 ms, on its control channel 7.", lines[1]);
        Assert.StartsWith("Next: configure it: node-id 10.0.0.2, remote 127.0.0.1", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_an_answer_to_machines()
    {
        using var node = new Responder(IPAddress.Loopback, Responder.Nack);
        var (exitCode, output, _) = Execute(node.Endpoint, json: true);
        Assert.Equal(0, exitCode);
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(("127.0.0.1", node.Endpoint.Port, "answered"), (json.GetProperty("address").GetString(), json.GetProperty("port").GetUInt16(), json.GetProperty("result").GetString()));
        Assert.True(json.GetProperty("rttMs").GetDouble() > 0);
        var message = json.GetProperty("message");
        Assert.Equal(("ConfigNack", 3, 56), (message.GetProperty("type").GetString(), message.GetProperty("typeNumber").GetInt32(), message.GetProperty("length").GetInt32()));
        Assert.Equal(1000, message.GetProperty("objects")[5].GetProperty("helloInterval").GetInt32());
    }

    [Fact]
    public void Reports_bytes_that_are_no_LMP()
    {
        using var node = new Responder(IPAddress.Loopback, _ => [1, 2, 3]);
        var (exitCode, output, _) = Execute(node.Endpoint, json: true, TimeSpan.FromSeconds(3));
        Assert.Equal(0, exitCode);
        var message = JsonDocument.Parse(output).RootElement.GetProperty("message");
        Assert.Equal("too-short", message.GetProperty("error").GetProperty("kind").GetString());
    }

    [Fact]
    public void Silence_is_no()
    {
        using var node = new Responder(IPAddress.Loopback);
        var (exitCode, output, _) = Execute(node.Endpoint, json: true, TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, exitCode);
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal("silent", json.GetProperty("result").GetString());
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (json.GetProperty("rttMs").ValueKind, json.GetProperty("message").ValueKind));
    }

    [Fact]
    public void Source_and_target_have_to_fit()
    {
        Assert.True(NetworkEndpoint.TryParse("127.0.0.1", 701, out var target));
        Assert.True(NetworkAddress.TryParse("::1", out var other));
        Assert.True(NetworkAddress.TryParse("192.0.2.77", out var foreign));
        using var errors = new StringWriter { NewLine = "\n" };
        Assert.Equal(2, ProbeCommand.Execute(new ProbeOptions(target, TimeSpan.FromSeconds(1), Local: other), false, Stream.Null, errors));
        Assert.Equal(2, ProbeCommand.Execute(new ProbeOptions(target, TimeSpan.FromSeconds(1), Local: foreign), false, Stream.Null, errors));
        Assert.Equal("lmp probe: 127.0.0.1 cannot be probed from ::1: one is IPv4, the other IPv6\nlmp probe: 192.0.2.77 is not an address of this machine\n", errors.ToString());
    }

    private static (int ExitCode, string Output, string Errors) Execute(NetworkEndpoint target, bool json, TimeSpan? timeout = null)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exitCode = ProbeCommand.Execute(new ProbeOptions(target, timeout ?? TimeSpan.FromSeconds(30)), json, output, errors);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    private static ParseResult Parse(string line)
    {
        var json = new Option<bool>("--json", "-j") { Recursive = true };
        return new RootCommand { json, ProbeCommand.Create(json) }.Parse(line.Split(' '));
    }
}
