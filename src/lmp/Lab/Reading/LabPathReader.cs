using OpenLmp.Hosting;

namespace OpenLmp.Cli.Lab;

/// <summary>Reads a way over links: both ports of each link it takes, in order.</summary>
internal sealed class LabPathReader(Findings findings, LabTopology topology, LabNames names)
{
    /// <summary>Reads one; null if there is something wrong with it (told).</summary>
    /// <param name="section">What it is a key of.</param>
    /// <param name="key">The key.</param>
    /// <param name="what">What takes the way, for messages.</param>
    /// <param name="refuses">Why it may not take a link; null: it may.</param>
    public LabPath? Read(Section section, string key, string what, Func<LabLink, string?> refuses)
    {
        var path = section.Convert(key, names.Port).ToList();
        if (path.Count < 2 || path.Count % 2 != 0)
        {
            findings.Error(section.KeyAt(key), $"{key}: both ports of each link it takes are expected, such as [\"oxc1:11\", \"oxc2:1\", \"oxc2:11\", \"oxc3:1\"]");
            return null;
        }

        if (path.Any(p => !p.IsValid)) return null;
        var taken = new List<LabLink>();
        var crossConnects = new List<(LabPort, LabPort)>();
        for (var i = 0; i < path.Count; i += 2)
        {
            var (from, to) = (path[i].Value, path[i + 1].Value);
            var link = topology.LinkOf(from);
            if ((from == to || !link.Has(to) ? names.NoLink(from, to) : refuses(link)) is { } problem)
            {
                findings.Error(path[i + 1].At, $"{key}: {problem}");
                return null;
            }

            taken.Add(link);
            if (i + 2 == path.Count) break;
            var next = path[i + 2].Value;
            if (to.Node != next.Node)
            {
                findings.Error(path[i + 2].At, $"{key}: {what} comes to {to.Node.Name} at {to}, and goes on at {next}; it goes on from a port of {to.Node.Name}");
                return null;
            }

            crossConnects.Add((to, next));
        }

        return new LabPath(taken, crossConnects);
    }
}
