// RFC 4631: five of its tables are indexed by ifIndex.
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>
/// The ifIndex of TE links and of data links. A data link that is a network interface has the kernel's, which is snmpd's. Where data links are no
/// interfaces of this machine, and for TE links, what is unnumbered has its own id, as the MIB has it. The rest has a number that follows from
/// its name, above all of those.
/// </summary>
internal static class InterfaceNumbers
{
    /// <summary>Numbers that follow from names begin here: kernels and people count from 1.</summary>
    public const uint FirstOfNames = 0x4000_0000;

    /// <summary>Numbers things, each with its own.</summary>
    /// <typeparam name="TRow">What is numbered.</typeparam>
    /// <param name="rows">The things.</param>
    /// <param name="name">The name of one, unique.</param>
    /// <param name="wanted">The number that it has of its own; 0: none.</param>
    /// <returns>The things by number.</returns>
    public static MibRow<TRow>[] Assign<TRow>(IEnumerable<TRow> rows, Func<TRow, string> name, Func<TRow, uint> wanted)
    {
        var taken = new HashSet<uint>();
        var numbered = new List<(uint Number, TRow Row)>();
        var nameless = new List<TRow>();
        foreach (var row in rows.OrderBy(name, StringComparer.Ordinal))
        {
            if (wanted(row) is > 0 and <= int.MaxValue and var number && taken.Add(number)) numbered.Add((number, row));
            else nameless.Add(row);
        }

        foreach (var row in nameless)
        {
            var number = Hash(name(row));
            while (!taken.Add(number)) number = number == int.MaxValue ? FirstOfNames : number + 1;
            numbered.Add((number, row));
        }

        return [.. numbered.OrderBy(n => n.Number).Select(n => new MibRow<TRow>([n.Number], n.Row))];
    }

    /// <summary>The number of a TE link of its own.</summary>
    public static uint Of(TeLinkRow link) => Unnumbered(link.Configuration.LocalId);

    /// <summary>The number of a data link of its own.</summary>
    /// <param name="link">The data link.</param>
    /// <param name="interfaceIndex">The kernel's number of an interface, 0 if it is not there; null: data links are no interfaces of this machine.</param>
    public static uint Of(DataLinkRow link, Func<string, uint>? interfaceIndex) =>
        interfaceIndex is null ? Unnumbered(link.Configuration.LocalId) : link.Configuration.Interface is { } name ? interfaceIndex(name) : 0;

    private static uint Unnumbered(Identifier id) => id.Type == IdentifierType.Unnumbered && id.Value <= int.MaxValue ? (uint)id.Value : 0;

    // FNV-1a: the same in every run, unlike the framework's.
    private static uint Hash(string name)
    {
        var hash = 2166136261u;
        foreach (var character in name) hash = unchecked((hash ^ character) * 16777619);
        return FirstOfNames | (hash & (FirstOfNames - 1));
    }
}
