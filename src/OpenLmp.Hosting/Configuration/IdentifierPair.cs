// RFC 4204 §4, §13.3, §13.4
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>local-id</c> and <c>remote-id</c> of a TE link or data link.</summary>
internal static class IdentifierPair
{
    public static (Identifier Local, Identifier? Remote) Read(
        Section section, string what, string neighbor, Unique<Identifier> locals, Unique<(string, Identifier)> remotes, Findings findings)
    {
        var local = section.Required("local-id", Addresses.LinkIdentifier, "1");
        if (local.IsValid)
            locals.Claim(local.Value, local.At, $"local-id: {what} {local.Value}", $"each {what} is unique within the node (RFC 4204 §13)");
        var remote = section.OptionalValue("remote-id", Addresses.LinkIdentifier);
        if (!remote.IsValid || remote.Value is not { } id) return (local.Value, null);
        if (neighbor.Length > 0)
            remotes.Claim((neighbor, id), remote.At, $"remote-id: {what} {id} of this neighbour", $"it can be the other end once only (RFC 4204 §13)");
        if (local.IsValid && local.Value.Type != id.Type)
        {
            findings.Error(remote.At,
                $"remote-id: {id} is {Name(id.Type)}, local-id {local.Value} is {Name(local.Value.Type)}; both ends are of one type (RFC 4204 §4)");
        }

        return (local.Value, id);
    }

    private static string Name(IdentifierType type) => type switch
    {
        IdentifierType.IPv4 => "an IPv4 address",
        IdentifierType.IPv6 => "an IPv6 address",
        _ => "an unnumbered id",
    };
}
