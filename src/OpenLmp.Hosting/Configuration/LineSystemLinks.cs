// RFC 4209 §2.2: which data link to a line system a data link to a peer node begins with.
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>The data links that are named by <c>through</c>, to be checked when all are known.</summary>
internal sealed class LineSystemLinks
{
    private readonly Dictionary<string, string> _neighbors = [];
    private readonly List<(Field<string> Name, string Neighbor, Field<string?> Through)> _through = [];

    public void Add(Field<string> name, string neighbor, Field<string?> through)
    {
        if (name.IsUsable) _neighbors.TryAdd(name.Value, neighbor);
        if (through is { IsUsable: true, Value: not null }) _through.Add((name, neighbor, through));
    }

    public void Check(Scope scope)
    {
        var users = new Dictionary<string, Position>();
        foreach (var (name, neighbor, through) in _through)
        {
            var (below, at) = (through.Value!, through.At);
            if (scope.WdmNeighbors.TryGetValue(neighbor, out var role))
            {
                scope.Findings.Error(at, role == WdmRole.Ols
                    ? $"through: {name.Value} leads to the line system {neighbor} itself; only data links to peer nodes go through one (RFC 4209 §2.2)"
                    : $"through: {neighbor} is a peer node of this line system; only data links between peer nodes go through one (RFC 4209 §2.2)");
            }
            else if (!_neighbors.TryGetValue(below, out var system))
            {
                scope.Findings.Error(at, $"through: there is no data link {below}; {Suggestion.For(below, [.. ToLineSystems(scope)], "the data links to line systems are")}");
            }
            else if (scope.WdmNeighbors.GetValueOrDefault(system) != WdmRole.Ols)
            {
                scope.Findings.Error(at, $"through: {below} leads to {system}, which is no line system; set wdm: ols of that neighbour, or name a data link to a line system");
            }
            else if (!users.TryAdd(below, at))
            {
                scope.Findings.Error(at, $"through: {below} is already used at line {users[below].Line}; each data link to a line system is part of one data link to a peer node");
            }
        }
    }

    private IEnumerable<string> ToLineSystems(Scope scope) =>
        _neighbors.Where(n => scope.WdmNeighbors.GetValueOrDefault(n.Value) == WdmRole.Ols).Select(n => n.Key);
}
