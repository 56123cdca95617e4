namespace OpenLmp.Hosting.Tests;

/// <summary>What is no configuration at all, or YAML that a configuration does without.</summary>
public class SyntaxTests
{
    [Theory]
    [InlineData("¶", "the file is empty; it needs at least node: and listen:")]
    [InlineData("¶# nothing yet\n", "the file is empty; it needs at least node: and listen:")]
    [InlineData("¶lmpd", "a configuration begins with keys such as node: and listen:, this is a single value")]
    [InlineData("¶- node: {id: 10.0.0.1}\n", "a configuration begins with keys such as node: and listen:, this is a list")]
    public void Other_files_are_no_configurations(string text, string error) => Reading.Bad(text, error);

    [Theory]
    [InlineData("¶nodes: {id: 10.0.0.1}", "configuration: there is no key \"nodes\"; did you mean node?")]
    [InlineData("¶te_links: []", "configuration: there is no key \"te_links\"; did you mean te-links?")]
    [InlineData("¶dataPlane: linux", "configuration: there is no key \"dataPlane\"; did you mean data-plane?")]
    [InlineData("¶nieghbors: []", "configuration: there is no key \"nieghbors\"; did you mean neighbors?")]
    [InlineData("¶ipsec: []", "configuration: there is no key \"ipsec\"; the keys here are node, listen, api, state, data-plane, agent, process, limits, snmp, log, otlp, neighbors, te-links")]
    [InlineData("api: {¶sokcet: /run/lmpd.sock}", "api: there is no key \"sokcet\"; did you mean socket?")]
    [InlineData("api: {¶\"\": /run/lmpd.sock}", "api: there is no key \"\"; the keys here are socket, mode, read-group, admin-group, http, https, tls, tokens, anonymous-read, audit, limits")]
    [InlineData("api: {¶\"a\\nb\\e[31m\\u202e\": 1}", "api: there is no key \"a\\u000ab\\u001b[31m\\u202e\"; the keys here are socket, mode, read-group, admin-group, http, https, tls, tokens, anonymous-read, audit, limits")]
    public void Unknown_keys_are_told_with_what_was_probably_meant(string lines, string error) => Reading.Bad(Texts.Root(lines), error);

    [Fact]
    public void Unknown_keys_are_told_everywhere()
    {
        Reading.Bad(Texts.Root("node: {id: 10.0.0.1, ¶nam: oxc1}"), "node: there is no key \"nam\"; did you mean name?");
        Reading.Bad(Texts.Neighbor("¶nodeid: 10.0.0.3"), "neighbor: there is no key \"nodeid\"; did you mean node-id?");
        Reading.Bad(Texts.Channel("¶hello-intervall: 1s"), "control channel: there is no key \"hello-intervall\"; did you mean hello-interval?");
        Reading.Bad(Texts.TeLink("¶datalinks: []"), "TE link: there is no key \"datalinks\"; did you mean data-links?");
        Reading.Bad(Texts.DataLink("¶color: 5"), "data link: there is no key \"color\"; the keys here are name, local-id, remote-id, interface, port, "
            + "component-link, through, switching-type, encoding, bandwidth, capabilities, wavelength, srlg, link-groups, ber, span-length, optical-protection, administrative-group, channels, trace");
    }

    [Fact]
    public void A_key_is_given_once()
    {
        Reading.Bad("node: {id: 10.0.0.1}\nlisten: [ 10.255.0.1 ]\n¶node: {id: 10.0.0.2}\n", "node: already given at line 1; keep one of the two");
        Reading.Bad(Texts.Root("api: {http: 127.0.0.1:1, ¶http: 127.0.0.1:2}"), "http: already given at line 1; keep one of the two");
    }

    [Theory]
    [InlineData("api: &a ¶{}", "anchors (&name) are not supported; remove it")]
    [InlineData("state: ¶*a", "aliases (*name) are not supported; write the value out")]
    [InlineData("state: ¶!!str /x", "tags (!name) are not supported; remove it, and put the value in quotes if it is a text")]
    [InlineData("api: {¶<<: {}}", "merge keys (<<) are not supported; write the keys out")]
    [InlineData("api: {¶[ 1 ]: 2}", "a key is a word followed by a colon, not a list")]
    public void Some_YAML_is_refused(string lines, string error) =>
        // The place of a decorated value is where its decoration begins.
        Reading.Bad(Texts.Root(lines.Replace("&a ¶", "¶&a ", StringComparison.Ordinal)), error);

    [Fact]
    public void Aliases_do_not_multiply()
    {
        const string Bomb = "a: &a [ x, x, x, x ]\nb: &b [ *a, *a, *a, *a ]\nc: &c [ *b, *b, *b, *b ]\nnode: *c\n";

        var result = ConfigurationReader.Parse(Bomb, Reading.FileName);

        Assert.Contains(result.Errors, e => e.Text == "aliases (*name) are not supported; write the value out");
        Assert.False(result.IsValid);
    }

    [Fact]
    public void A_merge_with_an_alias_is_told_twice_and_nothing_else() =>
        Reading.Bad(Texts.Root("api: {¶<<: ¶*a}"), "merge keys (<<) are not supported; write the keys out", "aliases (*name) are not supported; write the value out");

    [Fact]
    public void A_file_is_one_document()
    {
        Reading.Good("---\n" + Texts.Minimal);
        Reading.Good("%YAML 1.2\n---\n" + Texts.Minimal + "...\n");
        Reading.Bad(Texts.Minimal + "¶---\n" + Texts.Minimal, "a second document begins here; a configuration is one document, without --- in between");
    }

    [Theory]
    [InlineData("node:\n¶\tid: 10.0.0.1\n¶\tname: oxc1\n", "a tab in the indentation; YAML is indented with spaces", "a tab in the indentation; YAML is indented with spaces")]
    [InlineData("node:\n  ¶\tid: 10.0.0.1\n\t# a comment\n\t\n", "a tab in the indentation; YAML is indented with spaces")]
    [InlineData("node: {id: 10.0.0.1}\nx¶\0y\nz\0", "a control character (U+0000); the file has to be plain text")]
    [InlineData("node: ¶\u001b[31m\n", "a control character (U+001B); the file has to be plain text")]
    [InlineData("¶\u007fELF\n", "a control character (U+007F); the file has to be plain text")]
    [InlineData("node: {id: 10.0.0.1}\nlisten: 10.255.0.1¶: 701\n", "not valid YAML: a colon that begins a mapping where none can be; put a text with \": \" in quotes, and indent a key like its neighbours")]
    [InlineData("node: {id: 10.0.0.1}\nstate: ¶\"/var/lib\n", "not valid YAML: a quote that is not closed")]
    [InlineData("node: {id: 10.0.0.1}\nstate: ¶\"\\q\"\n", "not valid YAML: a backslash in double quotes that escapes nothing known; write \\\\ for a backslash")]
    [InlineData("node: {id: 10.0.0.1}\nstate: ¶@here\n", "not valid YAML: a text cannot begin with this character; put it in quotes")]
    [InlineData("node: {id: 10.0.0.1\n¶", "not valid YAML: a { that is not closed, or a comma missing before this place")]
    [InlineData("node:\n  id: 10.0.0.1\n ¶name: oxc1\n", "not valid YAML: this is not indented like the keys above, or follows a closed quote or bracket")]
    [InlineData("listen: [2001:db8::1]:¶701\n", "not valid YAML: this is not indented like the keys above, or follows a closed quote or bracket")]
    [InlineData("listen:\n  - 10.0.0.1\n  ¶-10.0.0.2\n", "not valid YAML: this is indented like the list above, but does not begin with \"- \"")]
    [InlineData("listen: [\n¶", "not valid YAML: a value is missing here, or a bracket is not closed")]
    [InlineData("listen: ¶[10.0.0.1\nnode: 1\n", "not valid YAML: a bracket or quote is probably not closed, here or above")]
    public void Errors_of_syntax_are_explained(string text, params string[] errors) => Reading.Bad(text, errors);

    [Fact]
    public void Deep_nesting_is_refused()
    {
        Reading.Bad(new string('[', 20) + "[¶[" + new string('[', 100_000), "not valid YAML: nested more than 20 deep; no configuration is");
        Reading.Bad(string.Concat(Enumerable.Range(0, 20).Select(i => $"{new string(' ', i)}a:\n")) + new string(' ', 20) + "¶a: 1\n",
            "not valid YAML: nested more than 20 deep; no configuration is");
    }

    [Fact]
    public void All_errors_are_told_in_the_order_of_the_file() =>
        Reading.Bad("""
            te-links:
              - name: te1
                neighbor: ¶oxc3
                local-id: ¶0
                data-links:
                  - name: te1-1
                    local-id: 1
                    bandwidth: ¶10
            ¶color: red
            neighbors:
              - name: oxc2
                node-id: ¶10.0.0.1
                control-channels:
                  - ¶local: 10.255.0.1
                    remote: ¶x
                    hello-interval: ¶150
            node: {id: 10.0.0.1}
            listen: [ 10.255.0.1 ]
            state: ¶lmpd.db
            """,
            "neighbor: there is no neighbour oxc3; did you mean oxc2?",
            "local-id: the id is zero, which stands for none (RFC 4204 §13.3, §13.4); write another",
            "bandwidth: \"10\" is not a bandwidth; write a number and bps, kbps, Mbps, Gbps or Tbps, such as 10Gbps",
            "configuration: there is no key \"color\"; the keys here are node, listen, api, state, data-plane, agent, process, limits, snmp, log, otlp, neighbors, te-links",
            "node-id: 10.0.0.1 is already used at line 17; each node has a Node_Id of its own (RFC 4204 §1.1)",
            "control channel: id is missing; add it, such as id: 1",
            "remote: \"x\" is not an IP address; write one such as 10.0.0.1 or 2001:db8::1, with a port as \"10.0.0.1:701\" or \"[2001:db8::1]:701\"",
            "hello-interval: \"150\" has no unit; write 150ms or 150s",
            "state: \"lmpd.db\" is not the full path of a file; write it from the root, such as /var/lib/lmpd/lmpd.db");

    [Fact]
    public void After_a_hundred_errors_it_is_enough()
    {
        var result = ConfigurationReader.Parse(string.Concat(Enumerable.Range(1, 250).Select(i => $"k{i}: 1\n")), "f");

        Assert.Equal(101, result.Errors.Count);
        Assert.Equal("f:101:1: there are more errors; only 100 are shown", result.Errors[^1].ToString());
    }
}
