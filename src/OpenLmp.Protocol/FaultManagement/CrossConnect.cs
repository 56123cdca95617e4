// RFC 4204 §6: "designed to work for both unidirectional and bi-directional LSPs".
using System.Text.Json.Serialization;

namespace OpenLmp.Protocol;

/// <summary>What comes in on one data link goes out on the other: both ways, or from the first to the second only.</summary>
/// <param name="A">A data link's name; the lower of the two where it goes both ways, otherwise where the light comes in.</param>
/// <param name="B">The other's name.</param>
/// <param name="OneWay">Whether it is part of a unidirectional LSP: what comes in on B does not go out on A.</param>
public readonly record struct CrossConnect(string A, string B, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool OneWay = false)
{
    /// <summary>The cross-connect of two data links; where it goes both ways, whichever is named first.</summary>
    public static CrossConnect Of(string a, string b, bool oneWay = false) => oneWay || string.CompareOrdinal(a, b) <= 0 ? new(a, b, oneWay) : new(b, a);

    /// <summary>From where to where light goes.</summary>
    internal IEnumerable<(string From, string To)> Ways => OneWay ? [(A, B)] : [(A, B), (B, A)];

    /// <summary>For people: <c>te1-1 - te2-1</c>, one way <c>te1-1 -> te2-1</c>.</summary>
    public override string ToString() => $"{A} {(OneWay ? "->" : "-")} {B}";

    /// <summary>The end that is not this one.</summary>
    internal string Other(string end) => end == A ? B : A;
}
