namespace OpenLmp.Cli.Cabling;

/// <summary>Says what is wrong with a cable: a swap of two cables, or of a fibre of each, is told as one.</summary>
/// <param name="plan">The plan.</param>
/// <param name="found">What was found.</param>
/// <param name="isAt">Whether a port is a planned end; null where that cannot be told.</param>
internal sealed class WrongCable(ResolvedPlan plan, FoundCabling found, Func<ResolvedEnd, Port, bool?> isAt)
{
    /// <summary>What is wrong, and the planned cable it is swapped with.</summary>
    public (string Text, IReadOnlyList<string>? SwappedWith) Explain(ResolvedLink link)
    {
        // From the end whose own node knows, where there is one.
        var (end, to, from) = ((ResolvedEnd[])[link.A, link.B])
            .Where(e => e.Port is not null)
            .OrderBy(e => e.Asked is null)
            .Select(e => (e, Places(found.To(e.Port!.Value), link.Opposite(e)), Places(found.From(e.Port!.Value), link.Opposite(e))))
            .First(e => e.Item2.Wrong is not null || e.Item3.Wrong is not null);
        var expected = link.Opposite(end).Port;
        if (to.All && from.All && (to.Wrong is null || from.Wrong is null || to.Wrong == from.Wrong))
        {
            var place = (to.Wrong ?? from.Wrong)!.Value;
            if (Partner(place, expected, port => found.To(port).Concat(found.From(port))) is { } partner)
                return ($"swapped with {partner.Link}: {end.End} ends at {plan.NameOf(place)}; swap the two cables at one end", Ends(partner));
            return ($"{end.End} ends at {Described(place)}", null);
        }

        var texts = new List<string>();
        ResolvedLink? swapped = null;
        if (to.Wrong is { } arrives)
        {
            swapped = Partner(arrives, expected, found.To);
            texts.Add(Fibre(swapped, $"what {end.End} transmits arrives at {Described(arrives)}", "transmit"));
        }

        if (from.Wrong is { } comes)
        {
            var other = Partner(comes, expected, found.From);
            texts.Add(Fibre(other, $"what {end.End} receives comes from {Described(comes)}", "receive"));
            swapped ??= other;
        }

        return (string.Join("; ", texts), swapped is null ? null : Ends(swapped));
    }

    private static string Fibre(ResolvedLink? partner, string text, string which) =>
        partner is null ? text : $"{which} fibre swapped with that of {partner.Link}: {text}";

    // The first place that is not the planned one, and whether no place is the planned one.
    private (Port? Wrong, bool All) Places(IEnumerable<Port> places, ResolvedEnd expected)
    {
        Port? wrong = null;
        var all = true;
        foreach (var place in places)
        {
            if (isAt(expected, place) != false) all = false;
            else wrong ??= place;
        }

        return (wrong, all);
    }

    // The cable that should end where this one does, if it ends where this one should.
    private ResolvedLink? Partner(Port place, Port? expected, Func<Port, IEnumerable<Port>> look)
    {
        if (expected is not { } there || plan.At(place) is not { } other) return null;
        var near = other.A.Port == place ? other.B.Port : other.A.Port;
        return near is { } port && look(port).Contains(there) ? other : null;
    }

    private string Described(Port place) =>
        plan.At(place) is { } planned ? $"{plan.NameOf(place)}, where {Far(planned, place).End} should end"
        : $"{plan.NameOf(place)}, which is not in the plan";

    private static ResolvedEnd Far(ResolvedLink link, Port place) => link.A.Port == place ? link.B : link.A;

    private static IReadOnlyList<string> Ends(ResolvedLink link) => [link.A.End.ToString(), link.B.End.ToString()];
}
