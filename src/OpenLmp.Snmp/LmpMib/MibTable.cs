// RFC 4631: the MIB's tables as data.
namespace OpenLmp.Snmp;

/// <summary>A column of a table, and how its value follows from a row.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <param name="Number">The column's sub-identifier.</param>
/// <param name="Name">Its descriptor.</param>
/// <param name="Get">The value; null where the row has no instance.</param>
internal sealed record ColumnDefinition<TRow>(uint Number, string Name, Func<TRow, SnmpValue?> Get);

/// <summary>A table, or the scalars of a module as columns with one row.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <param name="entry">The object that the columns are below.</param>
/// <param name="columns">The columns that can be read.</param>
internal sealed class MibTable<TRow>(ObjectIdentifier entry, params IEnumerable<ColumnDefinition<TRow>> columns)
{
    private readonly (ObjectIdentifier Object, ColumnDefinition<TRow> Definition)[] _columns = [.. columns.Select(c => (entry.Append(c.Number), c))];

    /// <summary>The columns of these rows, which are in the order of their indexes.</summary>
    public IEnumerable<MibColumn> Bind(IReadOnlyList<MibRow<TRow>> rows) =>
        _columns.Select(c => new MibColumn<TRow>(c.Object, c.Definition.Name, rows, c.Definition.Get));
}
