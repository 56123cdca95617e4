// RFC 4204 §1.1, §13.2
using System.Globalization;

namespace OpenLmp.Wire;

/// <summary>A Node_Id: 32 bits, written as an IPv4 address; compared unsigned to settle contention (RFC 4204 §3.1).</summary>
/// <param name="Value">The id as a number.</param>
public readonly record struct NodeId(uint Value) : IComparable<NodeId>
{
    /// <summary>Parses dotted decimal.</summary>
    public static bool TryParse(string text, out NodeId id)
    {
        id = default;
        if (!Identifier.TryParse(text, out var address) || address.Type != IdentifierType.IPv4) return false;
        id = new NodeId((uint)address.Value);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(NodeId other) => Value.CompareTo(other.Value);

    /// <summary>Dotted decimal.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Value >> 24}.{(Value >> 16) & 0xFF}.{(Value >> 8) & 0xFF}.{Value & 0xFF}");

    /// <summary>Compares unsigned.</summary>
    public static bool operator <(NodeId left, NodeId right) => left.Value < right.Value;

    /// <summary>Compares unsigned.</summary>
    public static bool operator >(NodeId left, NodeId right) => left.Value > right.Value;

    /// <summary>Compares unsigned.</summary>
    public static bool operator <=(NodeId left, NodeId right) => left.Value <= right.Value;

    /// <summary>Compares unsigned.</summary>
    public static bool operator >=(NodeId left, NodeId right) => left.Value >= right.Value;
}
