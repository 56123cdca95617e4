namespace OpenLmp.Snmp.Tests;

/// <summary>An object or a notification of the LMP-MIB, from <c>tests/Rfc/lmp-mib.tsv</c>, which was derived from the MIB module of RFC 4631.</summary>
/// <param name="Oid">Its object identifier.</param>
/// <param name="Name">Its descriptor.</param>
/// <param name="Syntax">The base type of its SYNTAX; table, entry or notification.</param>
/// <param name="Access">Its MAX-ACCESS; of a notification its OBJECTS.</param>
internal sealed record MibObject(ObjectIdentifier Oid, string Name, string Syntax, string Access)
{
    public static readonly IReadOnlyList<MibObject> All = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Rfc", "lmp-mib.tsv"))
        .Skip(1).Select(line => line.Split('\t')).Select(f => new MibObject(ObjectIdentifier.Parse(f[0]), f[1], f[2], f[3]))];

    /// <summary>What can be read: the others are tables, their entries, two indexes, and notifications.</summary>
    public static IEnumerable<MibObject> Readable => All.Where(o => o.Syntax != "notification" && o.Access != "not-accessible");
}
