// RFC 4204 §6.2: "correlate the failure to see if the failure is also detected locally for the corresponding LSP(s)".
namespace OpenLmp.Protocol;

/// <summary>The node's cross-connects. They are kept by name: data links come and go with configurations.</summary>
internal sealed class CrossConnects
{
    private readonly NodeContext _node;
    // What takes a data link's input somewhere, and what brings its output; one that goes both ways is both for both.
    private readonly Dictionary<string, CrossConnect> _taking = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CrossConnect> _bringing = new(StringComparer.Ordinal);

    /// <summary>Begins with those that were retained; <see cref="Rebind"/> finds their data links.</summary>
    public CrossConnects(NodeContext node)
    {
        _node = node;
        foreach (var before in node.Retention.CrossConnects) Enter(before);
    }

    public IEnumerable<CrossConnect> All => _taking.Values.Distinct().OrderBy(c => c.A, StringComparer.Ordinal).ThenBy(c => c.B, StringComparer.Ordinal);

    public CommandResult Add(Instant now, DataLink a, DataLink b, bool oneWay)
    {
        if (a == b) return CommandResult.Conflict($"{a.Name} cannot continue on itself");
        var added = CrossConnect.Of(a.Name, b.Name, oneWay);
        if (_taking.TryGetValue(added.A, out var known) && known == added) return CommandResult.Retained($"{added}: cross-connected already");
        foreach (var (from, to) in added.Ways)
        {
            if (_taking.TryGetValue(from, out var taken))
                return CommandResult.Conflict($"{from} continues on {taken.Other(from)}; lmp cross-connect remove {from} {taken.Other(from)} first");
            if (_bringing.TryGetValue(to, out var fed))
                return CommandResult.Conflict($"{to} sends what comes in on {fed.Other(to)}; lmp cross-connect remove {fed.Other(to)} {to} first");
        }

        Enter(added);
        _node.Retention.Save(added, connected: true);
        _node.Output.Tell(new CrossConnectAdded(now, added));
        Bind(now, added, a.Name == added.A ? a : b, a.Name == added.A ? b : a, connected: true);
        return CommandResult.Retained($"{added}: cross-connected");
    }

    /// <summary>Removes what connects the two, whichever is named first; of two, one each way, that from the first to the second.</summary>
    public CommandResult Remove(Instant now, DataLink a, DataLink b)
    {
        var found = Between(a.Name, b.Name) ?? Between(b.Name, a.Name);
        if (found is not { } removed) return CommandResult.NotFound($"there is no cross-connect {CrossConnect.Of(a.Name, b.Name)}; see lmp show cross-connects");
        Forget(now, removed, "");
        Bind(now, removed, a.Name == removed.A ? a : b, a.Name == removed.A ? b : a, connected: false);
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
                Bind(now, known, a, b, connected: true);
                continue;
            }

            Forget(now, known, "a data link of it is no longer configured");
            Bind(now, known, a, b, connected: false);
        }
    }

    // A data link that is no longer configured is null.
    private static void Bind(Instant now, CrossConnect connect, DataLink? a, DataLink? b, bool connected)
    {
        var (toA, toB) = connected ? (b, a) : (null, null);
        a?.Continue(toA);
        if (!connect.OneWay)
        {
            b?.Continue(toB);
            a?.ComeFrom(now, toA);
        }

        b?.ComeFrom(now, toB);
    }

    private CrossConnect? Between(string from, string to) => _taking.TryGetValue(from, out var taken) && taken.Other(from) == to ? taken : null;

    private void Enter(CrossConnect connect)
    {
        foreach (var (from, to) in connect.Ways) _taking[from] = _bringing[to] = connect;
    }

    private void Forget(Instant now, CrossConnect gone, string reason)
    {
        foreach (var (from, to) in gone.Ways)
        {
            _taking.Remove(from);
            _bringing.Remove(to);
        }

        _node.Retention.Save(gone, connected: false);
        _node.Output.Tell(new CrossConnectRemoved(now, gone, reason));
    }
}
