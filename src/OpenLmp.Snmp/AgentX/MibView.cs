// RFC 2741 §7.2.3: what Get, GetNext and GetBulk find.
namespace OpenLmp.Snmp;

/// <summary>Objects and their instances at one moment, in the order of SNMP. Immutable, read on any thread.</summary>
public sealed class MibView
{
    private readonly MibColumn[] _columns;

    /// <summary>Makes a view.</summary>
    /// <param name="columns">The objects, in any order; none below another.</param>
    public MibView(IEnumerable<MibColumn> columns) => _columns = [.. columns.OrderBy(column => column.Object)];

    /// <summary>The objects, in order.</summary>
    public IReadOnlyList<MibColumn> Columns => _columns;

    /// <summary>One instance; where it is not there, why.</summary>
    public SnmpValue Get(in ObjectIdentifier name)
    {
        var place = FirstColumnFrom(name);
        if (place == _columns.Length || !name.StartsWith(_columns[place].Object)) return SnmpValue.NoSuchObject;
        var column = _columns[place];
        var row = column.FirstRowFrom(name);
        var isThere = row < column.Count && column.Index(row).SequenceEqual(name.SubIds[column.Object.Length..]);
        return isThere ? column.Value(row) ?? SnmpValue.NoSuchInstance : SnmpValue.NoSuchInstance;
    }

    /// <summary>The first instance in a range; where there is none, the range's start and <see cref="SnmpValue.EndOfMibView"/>.</summary>
    public VarBind GetNext(in SearchRange range)
    {
        // The least name after one: that and a 0.
        var from = range.Include ? range.Start : range.Start.Append(0);
        for (var place = FirstColumnFrom(from); place < _columns.Length; place++)
        {
            var column = _columns[place];
            for (var row = column.FirstRowFrom(from); row < column.Count; row++)
            {
                if (column.Value(row) is not { } value) continue;
                var name = column.Object.Append(column.Index(row));
                return range.End.Length > 0 && name >= range.End ? End(range) : new VarBind(name, value);
            }
        }

        return End(range);

        static VarBind End(in SearchRange range) => new(range.Start, SnmpValue.EndOfMibView);
    }

    // The column that may have the name, or the first behind it.
    private int FirstColumnFrom(in ObjectIdentifier name)
    {
        var (low, high) = (0, _columns.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_columns[middle].Object < name && !name.StartsWith(_columns[middle].Object)) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
