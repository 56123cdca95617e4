using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests;

/// <summary>docs/operating/configuration.md says what is.</summary>
public partial class ReferenceTests
{
    private static readonly string Reference = File.ReadAllText(Path.Combine(Tree.Root, "docs", "operating", "configuration.md"));

    [Fact]
    public void Every_key_is_described()
    {
        string[] described = [.. TableKey().Matches(Reference).Select(m => m.Groups[1].Value).Distinct()];
        // In the example as comments: they name what a machine has to have.
        string[] commented = ["read-group", "admin-group", "https", "tls", "tokens", "anonymous-read", "audit", "certificate", "key", "client-ca", "admins"];
        string[] known =
        [
            .. commented,
            .. YamlKey().Matches(CompleteExample.Text).Select(m => m.Groups[1].Value),
            "agent", "process", "heartbeat", "real-time", "lock-memory", "user", "per-source", "total", "level", "categories", "endpoint", "protocol", "behavior-negotiation", "ipsec", "keying", "vici", "device", "if-id", "psk-file", "certificate-file", "key-file", "ca-file", "selector", "ike-proposals", "esp-proposals", "rekey-time", "udp-encapsulation", "interval", "delta", "limit", "pause", "hold-off", "hold-on", "prefer", "min", "max", "capabilities", "remote-id", "component-link", "through", "transports", "trace", "type", "send", "expect",
        ];

        Assert.Empty(known.Except(described));
        Assert.Equal(["agent", "process", "heartbeat", "real-time", "lock-memory", "user", "per-source", "total", "level", "categories", "endpoint", "protocol", "behavior-negotiation", "ipsec", "keying", "vici", "device", "if-id", "psk-file", "certificate-file", "key-file", "ca-file", "selector", "ike-proposals", "esp-proposals", "rekey-time", "udp-encapsulation", "prefer", "min", "max", "transports", "component-link", "through", "capabilities", "trace", "type", "send", "expect"], described.Except(YamlKey().Matches(CompleteExample.Text).Select(m => m.Groups[1].Value))
            .Except(commented).Except(["connections", "connections-per-peer", "event-streams", "event-streams-per-peer"]).Except(["interval", "delta", "limit", "pause", "hold-off", "hold-on"]));
    }

    [Fact]
    public void The_example_of_what_is_needed_is_right() => Reading.Good(Blocks()[0]);

    [Fact]
    public void The_examples_of_Hello_parameters_are_right()
    {
        foreach (var line in Blocks()[1].TrimEnd().Split('\n'))
            Reading.Good(Texts.Channel(line + (line.StartsWith("hello-interval: 0 ", StringComparison.Ordinal) ? "\nhello-dead-interval: 0" : "")));
    }

    [Fact]
    public void The_example_of_data_links_is_right() => Assert.Equal(3, Reading.Good(Texts.TeLink(Blocks()[2].TrimEnd())).Node.TeLinks[0].DataLinks.Count);

    private static string[] Blocks() => [.. YamlBlock().Matches(Reference).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"^\| `([a-z-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex TableKey();

    [GeneratedRegex(@"^[ -]*([a-z-]+):(?: |$)", RegexOptions.Multiline)]
    private static partial Regex YamlKey();

    [GeneratedRegex("^```yaml\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
