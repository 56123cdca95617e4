using System.Globalization;
using System.Text;
using OpenLmp.Api;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Learned;

/// <summary>Writes <c>te-links</c> of a configuration as the daemon has them, the learned ids with the configured ones.</summary>
internal sealed class LearnedYaml
{
    private readonly StringBuilder _text = new();

    private LearnedYaml()
    {
    }

    /// <summary>The section, from <c>te-links:</c> on. Pure.</summary>
    public static string Write(NodeInfo node, IReadOnlyList<TeLinkInfo> teLinks, IReadOnlyList<DataLinkInfo> dataLinks)
    {
        var ids = LearnedId.Of(teLinks, dataLinks);
        var yaml = new LearnedYaml();
        yaml.Line(0, $"# te-links of {node.Name} ({node.NodeId}) as lmpd has them, with what it learned: bandwidths as agreed, without verification intervals.");
        yaml.Line(0, "# lmp config learned FILE puts the learned ids into a configuration and keeps all the rest of it.");
        if (teLinks.Count == 0) yaml.Line(0, "te-links: []");
        else yaml.Line(0, "te-links:");
        foreach (var link in teLinks) yaml.Write(link, [.. dataLinks.Where(l => l.TeLink == link.Name)], ids);
        return yaml._text.ToString();
    }

    private void Write(TeLinkInfo link, IReadOnlyList<DataLinkInfo> dataLinks, IReadOnlyList<LearnedId> ids)
    {
        if (ids.Where(id => id.TeLink == link.Name).All(id => id.Status == LearnedStatus.Configured))
            Line(1, $"# {link.Name}: everything is configured, and nothing else was found.");
        Key(1, "- name", Scalar(link.Name));
        Key(2, "neighbor", Scalar(link.Neighbor));
        Key(2, "local-id", Id(link.LocalId));
        RemoteId(2, ids.First(id => id.TeLink == link.Name && id.DataLink is null));
        if (!link.FaultManagement) Key(2, "fault-management", "false");
        if (!link.LinkVerification) Key(2, "link-verification", "false");
        if (dataLinks.Count > 0) Line(2, "data-links:");
        foreach (var dataLink in dataLinks) Write(dataLink, ids.First(id => id.DataLink == dataLink.Name));
    }

    private void Write(DataLinkInfo link, LearnedId id)
    {
        Key(3, "- name", Scalar(link.Name));
        Key(4, "local-id", Id(link.LocalId));
        RemoteId(4, id);
        if (link.Interface is { } name) Key(4, "interface", Scalar(name));
        if (!link.Port) Key(4, "port", "false");
        if (link.ComponentLink is { } component) Key(4, "component-link", Scalar(component));
        if (link.Through is { } through) Key(4, "through", Scalar(through));
        if (link.Capabilities is [var one])
        {
            Key(4, "switching-type", one.SwitchingType);
            Key(4, "encoding", one.Encoding);
            Key(4, "bandwidth", Rates(one));
        }
        else
        {
            Line(4, "capabilities:");
            foreach (var c in link.Capabilities) Line(5, $"- {{switching-type: {c.SwitchingType}, encoding: {c.Encoding}, bandwidth: {Rates(c)}}}");
        }

        if (link.Wavelength != 0) Key(4, "wavelength", $"{link.Wavelength}");
        List("srlg", link.Srlg);
        List("link-groups", link.LinkGroups);
        if (link.Ber is { } ber) Key(4, "ber", $"{ber}");
        if (link.SpanLength is { } length) Key(4, "span-length", $"{length}");
        if (link.OpticalProtection is { Count: > 0 } protection) Key(4, "optical-protection", $"[ {string.Join(", ", protection)} ]");
        if (link.AdministrativeGroup is { } group) Key(4, "administrative-group", $"0x{group:x}");
        List("channels", link.Channels);
    }

    private void RemoteId(int depth, LearnedId id)
    {
        if (id.RemoteId is { } known) Key(depth, "remote-id", Id(known) + (id.Text.Length > 0 ? $"  # {id.Text}" : ""));
        else Line(depth, $"# {id.Text}");
    }

    private void List<T>(string key, IReadOnlyList<T> values)
    {
        if (values.Count > 0) Key(4, key, $"[ {string.Join(", ", values)} ]");
    }

    private void Key(int depth, string key, string value) => Line(depth, $"{key}: {value}");

    private void Line(int depth, string text) => _text.Append(' ', depth * 2).Append(text).Append('\n');

    private static string Rates(CapabilityInfo capability) => capability.MinimumBandwidth.Equals(capability.MaximumBandwidth)
        ? Rate(capability.MaximumBandwidth)
        : $"{{min: {Rate(capability.MinimumBandwidth)}, max: {Rate(capability.MaximumBandwidth)}}}";

    // For people where that loses nothing.
    private static string Rate(double bitsPerSecond)
    {
        var wire = (float)(bitsPerSecond / 8);
        var text = Bandwidth.Format(wire).Replace(" ", "", StringComparison.Ordinal);
        return Bandwidth.TryParse(text, out var parsed) && parsed.Equals(wire) ? text : bitsPerSecond.ToString("0.####", CultureInfo.InvariantCulture) + "bps";
    }

    /// <summary>An id as configurations have it.</summary>
    internal static string Id(LinkIdentifier id) => Scalar(id.ToString());

    // Quoted where YAML might take it for something else.
    private static string Scalar(string text)
    {
        var plain = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && text[0] is not ('-' or '.')
            && text is not ("null" or "Null" or "NULL");
        return plain ? text : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }
}
