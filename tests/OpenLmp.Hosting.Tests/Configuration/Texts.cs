using System.Text.RegularExpressions;

namespace OpenLmp.Hosting.Tests;

/// <summary>
/// Configurations around a few lines of interest. A ¶ in the lines marks the place where an error is expected and is taken out before reading.
/// Keys in the lines take the place of the same keys in the surroundings; a line <c>-key</c> takes one away.
/// </summary>
internal static partial class Texts
{
    public const char Mark = '¶';

    private const string NodeLines = "node: {id: 10.0.0.1, name: oxc1}\nlisten: [ \"10.255.0.1:701\" ]";
    private const string NeighborLines = "name: oxc2\nnode-id: 10.0.0.2\ncontrol-channels: [ {id: 1, local: 10.255.0.1, remote: 10.255.0.2} ]";
    private const string ChannelLines = "id: 1\nlocal: 10.255.0.1\nremote: 10.255.0.2";
    private const string TeLinkLines = "name: te1\nneighbor: oxc2\nlocal-id: 1\nremote-id: 2\ndata-links: [ {name: te1-1, local-id: 101, remote-id: 201, bandwidth: 10Gbps} ]";
    private const string DataLinkLines = "name: te1-1\nlocal-id: 101\nremote-id: 201\nbandwidth: 10Gbps";

    /// <summary>A small configuration that is right.</summary>
    public static readonly string Minimal = Root("");

    public static string Root(string lines) => Merge(lines, NodeLines) + "\n";

    public static string Neighbor(string lines, string root = "") => Root($"{root}\nneighbors:\n{Item(2, Merge(lines, NeighborLines))}");

    public static string Channel(string lines, string root = "") => Neighbor($"control-channels:\n{Item(2, Merge(lines, ChannelLines))}", root);

    public static string TeLink(string lines, string root = "") => Neighbor("", root) + $"te-links:\n{Item(2, Merge(lines, TeLinkLines))}\n";

    public static string DataLink(string lines, string root = "") => TeLink($"data-links:\n{Item(2, Merge(lines, DataLinkLines))}", root);

    /// <summary>Several neighbours, TE links or data links.</summary>
    public static string List(string key, params string[] items) => $"{key}:\n{string.Join('\n', items.Select(i => Item(2, i)))}";

    /// <summary>The text without marks, and the marked places as LINE:COLUMN.</summary>
    public static (string Text, string[] Places) Unmark(string marked)
    {
        var places = new List<string>();
        var lines = marked.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            for (int column; (column = lines[i].IndexOf(Mark, StringComparison.Ordinal)) >= 0;)
            {
                places.Add($"{i + 1}:{column + 1}");
                lines[i] = lines[i].Remove(column, 1);
            }
        }

        return (string.Join('\n', lines), [.. places]);
    }

    private static string Merge(string lines, string surroundings)
    {
        string[] given = [.. TopLevelKey().Matches(lines).Select(m => m.Groups[1].Value)];
        string[] kept = [.. lines.Split('\n').Where(l => l.Length > 0 && !RemovedKey().IsMatch(l))];
        return string.Join('\n', kept.Concat(surroundings.Split('\n').Where(l => !given.Contains(l.Split(':')[0]))));
    }

    private static string Item(int indent, string lines)
    {
        var space = new string(' ', indent);
        return $"{space}- {lines.Replace("\n", $"\n{space}  ", StringComparison.Ordinal)}";
    }

    [GeneratedRegex("^¶?-?([a-z][a-z-]*)(?::|$)", RegexOptions.Multiline)]
    private static partial Regex TopLevelKey();

    [GeneratedRegex("^-[a-z-]+$")]
    private static partial Regex RemovedKey();
}
