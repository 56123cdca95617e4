// RFC 2578 §7.7: how instances are named and ordered.
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>One object and its instances: a column of a table, or a scalar with its one instance 0. Immutable, read on any thread.</summary>
/// <param name="Object">The object, which every instance begins with.</param>
/// <param name="Name">Its descriptor in the MIB module.</param>
public abstract record MibColumn(ObjectIdentifier Object, string Name)
{
    /// <summary>How many rows there are; some may have no instance of this object.</summary>
    public abstract int Count { get; }

    /// <summary>What names a row: the sub-identifiers after the object. Rows are in their order.</summary>
    public abstract ReadOnlySpan<uint> Index(int row);

    /// <summary>A row's value; null where it has no instance of this object.</summary>
    public abstract SnmpValue? Value(int row);

    /// <summary>The first row whose instance does not come before <paramref name="name"/>; <see cref="Count"/> if there is none.</summary>
    public int FirstRowFrom(in ObjectIdentifier name)
    {
        if (!name.StartsWith(Object)) return name < Object ? 0 : Count;
        var wanted = name.SubIds[Object.Length..];
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Index(middle).SequenceCompareTo(wanted) < 0) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}

/// <summary>A column over rows of one kind.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <param name="Object">The object.</param>
/// <param name="Name">Its descriptor.</param>
/// <param name="Rows">The rows, in the order of their indexes.</param>
/// <param name="Get">A row's value; null where there is no instance.</param>
public sealed record MibColumn<TRow>(ObjectIdentifier Object, string Name, IReadOnlyList<MibRow<TRow>> Rows, Func<TRow, SnmpValue?> Get) : MibColumn(Object, Name)
{
    /// <inheritdoc/>
    public override int Count => Rows.Count;

    /// <inheritdoc/>
    public override ReadOnlySpan<uint> Index(int row) => Rows[row].Index.Span;

    /// <inheritdoc/>
    public override SnmpValue? Value(int row) => Get(Rows[row].Row);
}

/// <summary>A row and what names it.</summary>
/// <typeparam name="TRow">What a row is made from.</typeparam>
/// <param name="Index">The sub-identifiers after the object.</param>
/// <param name="Row">The row.</param>
public readonly record struct MibRow<TRow>(ValueList<uint> Index, TRow Row);
