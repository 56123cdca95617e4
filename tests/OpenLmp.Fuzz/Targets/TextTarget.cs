using System.Text;
using OpenLmp.Cli.Cabling;
using OpenLmp.Cli.Lab;
using OpenLmp.Hosting;
using OpenLmp.Protocol;

namespace OpenLmp.Fuzz;

/// <summary>A reader of a file that people write: takes it, or tells what is wrong, each with a place in the file.</summary>
internal abstract class TextTarget(string name, string examples, params string[] words) : FuzzTarget
{
    private const string File = "fuzzed";

    private readonly TextMutations _mutations = new(words);

    public override string Name => name;

    public override int MaxLength => 16 * 1024;

    public override IEnumerable<byte[]> Seeds() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Examples", examples), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(System.IO.File.ReadAllBytes);

    public override void Mutate(Random random, Draft draft, Func<byte[]> other) => _mutations.Mutate(random, draft, other);

    public override int Run(ReadOnlySpan<byte> input)
    {
        var text = Encoding.UTF8.GetString(input);
        var errors = Read(text, File);
        var lines = text.AsSpan().Count('\n') + text.AsSpan().Count('\r') + text.AsSpan().Count('\u0085') + text.AsSpan().Count('\u2028') + text.AsSpan().Count('\u2029') + 2;
        Require(errors.Count <= Findings.MaxErrors + 1, "more errors than are shown");
        foreach (var error in errors)
        {
            Require(error.File == File, "an error in another file");
            Require(error.Line >= 1 && error.Line <= lines && error.Column >= 1, $"an error outside the file: {error.Line}:{error.Column} of {lines} lines");
            Require(error.Text.Length > 0 && error.Text.Length < 2 * MaxLength && !error.Text.AsSpan().ContainsAny('\n', '\r', '\u001b'), "an error that is no line of text: " + error.Text);
        }

        return 1;
    }

    public override string Describe(byte[] input) => Encoding.UTF8.GetString(input);

    /// <summary>Reads it; returns what is wrong.</summary>
    protected abstract IReadOnlyList<ConfigurationError> Read(string text, string file);
}

/// <summary>The configuration of <c>lmpd</c>; what it takes, a node takes.</summary>
internal sealed class ConfigurationTarget() : TextTarget("configuration", "", Words)
{
    private static readonly string[] Words =
    [
        "node:", "id:", "name:", "listen:", "api:", "socket:", "http:", "state:", "data-plane:", "linux", "external", "none", "agent:", "heartbeat:", "neighbors:", "control-channels:", "local:",
        "remote:", "remote-id:", "role: passive", "interface:", "hello:", "interval:", "dead-interval:", "off", "retransmit:", "delta:", "limit:", "pause:", "wdm: ols", "behavior-negotiation: false",
        "te-links:", "neighbor:", "data-links:", "bandwidth:", "switching:", "encoding: sdh", "wavelength:", "srlg:", "channels:", "hex:0a0b0c", "hex:", "component-link:", "verification:", "periodic:",
        "one-at-a-time: true", "signal:", "hold-off:", "hold-on:", "confirm-interval:", "confirm-after-outage:", "local-id:", "link-verification: false", "fault-management: false", "min:", "max:", "prefer:",
    ];

    protected override IReadOnlyList<ConfigurationError> Read(string text, string file)
    {
        var result = ConfigurationReader.Parse(text, file);
        Require(result.IsValid != result.Errors.Count > 0, "neither a configuration nor an error, or both");
        if (result.IsValid) _ = new LmpNode(result.Configuration.Node, new NodeOptions(), new NoOutput(), new Instant(1));
        return result.Errors;
    }

    private sealed class NoOutput : INodeOutput
    {
        public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
        {
        }

        public void Open(ControlChannel channel)
        {
        }

        public void Close(ControlChannel channel)
        {
        }

        public void Tell(NodeEvent e)
        {
        }
    }
}

/// <summary>The files of <c>lmp lab</c>.</summary>
internal sealed class LabTarget() : TextTarget("lab", "labs", "topology:", "nodes:", "links:", "endpoints:", "lsps:", "faults:", "swap:", "cut:", "degrade:", "oxc1", "oxc1:1", "bandwidth:", "node-id:", "[", "]")
{
    protected override IReadOnlyList<ConfigurationError> Read(string text, string file)
    {
        var (topology, errors) = LabFileReader.Parse(text, file);
        Require(topology is null == errors.Count > 0, "neither a lab nor an error, or both");
        return errors;
    }
}

/// <summary>The plans of <c>lmp cabling check</c>, YAML and Graphviz.</summary>
internal sealed class CablingTarget() : TextTarget("cabling", "cabling", "graph", "digraph", "strict", "subgraph", "{", "}", "--", "->", "label=", "headport=", "links:", "endpoints:", "[1-4]", "eth[1-999999999]", "\"a\":\"b\"")
{
    protected override IReadOnlyList<ConfigurationError> Read(string text, string file)
    {
        var (plan, errors) = PlanReader.Parse(text, file);
        Require(plan is null == errors.Count > 0, "neither a plan nor an error, or both");
        return errors;
    }
}
