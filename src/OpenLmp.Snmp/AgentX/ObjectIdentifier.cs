// RFC 2741 §5.1
using System.Globalization;

namespace OpenLmp.Snmp;

/// <summary>An object identifier, or what a request begins after; compared as SNMP orders instances. The default has no sub-identifiers.</summary>
public readonly struct ObjectIdentifier : IEquatable<ObjectIdentifier>, IComparable<ObjectIdentifier>
{
    /// <summary>The most sub-identifiers (RFC 2578 §3.5).</summary>
    public const int MaxLength = 128;

    private readonly uint[]? _subIds;

    /// <summary>Makes one; the caller gives the array up.</summary>
    private ObjectIdentifier(uint[] subIds) => _subIds = subIds;

    /// <summary>The sub-identifiers.</summary>
    public ReadOnlySpan<uint> SubIds => _subIds;

    /// <summary>How many there are.</summary>
    public int Length => _subIds?.Length ?? 0;

    /// <summary>Of these sub-identifiers.</summary>
    public static ObjectIdentifier Of(params ReadOnlySpan<uint> subIds) => new(subIds.ToArray());

    /// <summary>Of its usual form, such as 1.3.6.1.</summary>
    /// <exception cref="FormatException">It has another form.</exception>
    public static ObjectIdentifier Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new([.. text.TrimStart('.').Split('.').Select(part => uint.Parse(part, CultureInfo.InvariantCulture))]);
    }

    /// <summary>This one and more sub-identifiers.</summary>
    public ObjectIdentifier Append(params ReadOnlySpan<uint> subIds) => new([.. SubIds, .. subIds]);

    /// <summary>Whether this one is <paramref name="prefix"/>, or in the subtree below it.</summary>
    public bool StartsWith(in ObjectIdentifier prefix) => SubIds.StartsWith(prefix.SubIds);

    /// <inheritdoc/>
    public int CompareTo(ObjectIdentifier other) => SubIds.SequenceCompareTo(other.SubIds);

    /// <inheritdoc/>
    public bool Equals(ObjectIdentifier other) => SubIds.SequenceEqual(other.SubIds);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ObjectIdentifier other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var subId in SubIds) hash.Add(subId);
        return hash.ToHashCode();
    }

    /// <summary>The usual form.</summary>
    public override string ToString() => string.Join('.', _subIds ?? []);

    /// <summary>Compares by sub-identifiers.</summary>
    public static bool operator ==(ObjectIdentifier left, ObjectIdentifier right) => left.Equals(right);

    /// <summary>Compares by sub-identifiers.</summary>
    public static bool operator !=(ObjectIdentifier left, ObjectIdentifier right) => !left.Equals(right);

    /// <summary>Whether the left one comes first.</summary>
    public static bool operator <(ObjectIdentifier left, ObjectIdentifier right) => left.CompareTo(right) < 0;

    /// <summary>Whether the right one comes first.</summary>
    public static bool operator >(ObjectIdentifier left, ObjectIdentifier right) => left.CompareTo(right) > 0;

    /// <summary>Whether the right one does not come first.</summary>
    public static bool operator <=(ObjectIdentifier left, ObjectIdentifier right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one does not come first.</summary>
    public static bool operator >=(ObjectIdentifier left, ObjectIdentifier right) => left.CompareTo(right) >= 0;
}

/// <summary>What GetNext and GetBulk ask for (RFC 2741 §5.2).</summary>
/// <param name="Start">After which instance.</param>
/// <param name="Include">Whether the start itself will do.</param>
/// <param name="End">Before which instance; without sub-identifiers: no bound.</param>
public readonly record struct SearchRange(ObjectIdentifier Start, bool Include, ObjectIdentifier End);

/// <summary>An object instance and its value (RFC 2741 §5.4).</summary>
/// <param name="Name">The instance.</param>
/// <param name="Value">Its value, or why there is none.</param>
public readonly record struct VarBind(ObjectIdentifier Name, SnmpValue Value);
