using System.Globalization;
using OpenLmp.Hosting;

namespace OpenLmp.Cli.Cabling;

/// <summary>Ranges in ends: <c>oxc1:[1-8]</c>, <c>oxc1:eth[01-08]</c>, <c>oxc1:[8-1]</c>, <c>oxc1:[1-4,9]</c>, <c>oxc[1-4]:1</c>.</summary>
internal static class PortRange
{
    private const int MaxElements = 10_000;
    private const string Example = "write it as in \"oxc1:[1-8]\"";

    /// <summary>The ends that an end's range stands for, in its order; the end itself without one. Null where it is wrong: told.</summary>
    public static List<PlannedEnd>? Expand(EndText end, Findings findings)
    {
        var whole = end.ToString();
        // Quotes take anything; a name is shown in tables and errors, each a line.
        if (whole.Any(char.IsControl)) return Refuse("a line break or another control character in a name");
        var open = whole.IndexOf('[');
        if (open < 0)
        {
            if (!whole.Contains(']')) return [new PlannedEnd(end.Node, end.Port, end.At)];
            return Refuse("a ] without a [");
        }

        var close = whole.IndexOf(']', open);
        if (close < 0) return Refuse("a [ without a ]");
        if (whole.AsSpan(close + 1).ContainsAny('[', ']')) return Refuse("more than one range; an end has at most one");
        if (open < end.Node.Length && close > end.Node.Length) return Refuse("a range cannot reach over the colon");

        var ends = new List<PlannedEnd>();
        foreach (var part in whole[(open + 1)..close].Split(','))
        {
            if (Elements(part.Trim()) is not { } elements) return Refuse($"{Findings.Quote(part.Trim())} is no range of numbers");
            foreach (var element in elements)
            {
                if (ends.Count == MaxElements) return Refuse($"a range has at most {MaxElements} elements");
                ends.Add(open < end.Node.Length
                    ? new PlannedEnd(Put(end.Node, open, close, element), end.Port, end.At)
                    : new PlannedEnd(end.Node, Put(end.Port, open - end.Node.Length - 1, close - end.Node.Length - 1, element), end.At));
            }
        }

        return ends;

        List<PlannedEnd>? Refuse(string why)
        {
            findings.Error(end.At, $"{Findings.Quote(whole)}: {why}; {Example}");
            return null;
        }
    }

    private static string Put(string text, int open, int close, string element) => text[..open] + element + text[(close + 1)..];

    // "1-8", also backwards, "01-08" with the zeros kept, or a single number.
    private static IEnumerable<string>? Elements(string part)
    {
        var dash = part.IndexOf('-');
        var (first, last) = dash < 0 ? (part, part) : (part[..dash].Trim(), part[(dash + 1)..].Trim());
        if (!uint.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from)) return null;
        if (!uint.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to)) return null;
        var width = first.StartsWith('0') || last.StartsWith('0') ? Math.Max(first.Length, last.Length) : 1;
        return Count(from, to).Select(n => n.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'));
    }

    private static IEnumerable<long> Count(long from, long to)
    {
        var step = from <= to ? 1 : -1;
        for (var n = from; n != to + step; n += step) yield return n;
    }
}
