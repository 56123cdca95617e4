// RFC 4204 §6.2: "correlate the failure to see if the failure is also detected locally for the corresponding LSP(s)".
namespace OpenLmp.Protocol;

/// <summary>What comes in on one data link goes out on the other, both ways.</summary>
/// <param name="A">A data link's name; the lower of the two.</param>
/// <param name="B">The other's name.</param>
public readonly record struct CrossConnect(string A, string B)
{
    /// <summary>The cross-connect of two data links, whichever is named first.</summary>
    public static CrossConnect Of(string a, string b) => string.CompareOrdinal(a, b) <= 0 ? new(a, b) : new(b, a);

    /// <summary>For people.</summary>
    public override string ToString() => $"{A} - {B}";
}

/// <summary>The node's cross-connects. They are kept by name: data links come and go with configurations.</summary>
internal sealed class CrossConnects
{
    private readonly NodeContext _node;
    private readonly SortedDictionary<string, string> _partners = new(StringComparer.Ordinal);

    /// <summary>Begins with those that were retained; <see cref="Rebind"/> finds their data links.</summary>
    public CrossConnects(NodeContext node)
    {
        _node = node;
        foreach (var before in node.Retention.CrossConnects) (_partners[before.A], _partners[before.B]) = (before.B, before.A);
    }

    public IEnumerable<CrossConnect> All
    {
        get
        {
            foreach (var (a, b) in _partners)
                if (string.CompareOrdinal(a, b) < 0) yield return new CrossConnect(a, b);
        }
    }

    public CommandResult Add(Instant now, DataLink a, DataLink b)
    {
        if (a == b) return CommandResult.Conflict($"{a.Name} cannot continue on itself");
        var added = CrossConnect.Of(a.Name, b.Name);
        foreach (var link in (ReadOnlySpan<DataLink>)[a, b])
        {
            if (!_partners.TryGetValue(link.Name, out var partner)) continue;
            return CrossConnect.Of(link.Name, partner) == added
                ? CommandResult.Retained($"{added}: cross-connected already")
                : CommandResult.Conflict($"{link.Name} continues on {partner}; lmp cross-connect remove {link.Name} {partner} first");
        }

        (_partners[a.Name], _partners[b.Name]) = (b.Name, a.Name);
        _node.Retention.Save(added, connected: true);
        _node.Output.Tell(new CrossConnectAdded(now, added));
        Join(now, a, b);
        return CommandResult.Retained($"{added}: cross-connected");
    }

    public CommandResult Remove(Instant now, DataLink a, DataLink b)
    {
        var removed = CrossConnect.Of(a.Name, b.Name);
        if (!_partners.TryGetValue(a.Name, out var partner) || partner != b.Name)
            return CommandResult.NotFound($"there is no cross-connect {removed}; see lmp show cross-connects");
        Forget(now, removed, "");
        a.Continue(now, null);
        b.Continue(now, null);
        return CommandResult.Retained($"{removed}: removed");
    }

    /// <summary>After a reconfiguration: finds the data links by name again; what has lost an end is gone.</summary>
    public void Rebind(Instant now, Func<string, DataLink?> find)
    {
        foreach (var known in All.ToList())
        {
            var (a, b) = (find(known.A), find(known.B));
            if (a is not null && b is not null)
            {
                Join(now, a, b);
                continue;
            }

            Forget(now, known, "a data link of it is no longer configured");
            (a ?? b)?.Continue(now, null);
        }
    }

    private static void Join(Instant now, DataLink a, DataLink b)
    {
        a.Continue(now, b);
        b.Continue(now, a);
    }

    private void Forget(Instant now, CrossConnect gone, string reason)
    {
        _partners.Remove(gone.A);
        _partners.Remove(gone.B);
        _node.Retention.Save(gone, connected: false);
        _node.Output.Tell(new CrossConnectRemoved(now, gone, reason));
    }
}
