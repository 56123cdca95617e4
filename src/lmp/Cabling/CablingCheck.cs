// RFC 4204 §5: what verification found against what is planned.
namespace OpenLmp.Cli.Cabling;

/// <summary>Compares a plan with what was found. Pure. Silence is no success: what was not found is not as planned.</summary>
internal sealed class CablingCheck
{
    private readonly ResolvedPlan _plan;
    private readonly FoundCabling _found;
    private readonly IReadOnlyList<SilentNode> _silent;
    private readonly WrongCable _wrong;

    private CablingCheck(ResolvedPlan plan, FoundCabling found, IReadOnlyList<SilentNode> silent) =>
        (_plan, _found, _silent, _wrong) = (plan, found, silent, new WrongCable(plan, found, IsAt));

    /// <summary>A row for each planned cable, in the order of the plan, then one for each that is not in the plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="found">What was found.</param>
    /// <param name="silent">The nodes that did not answer.</param>
    /// <param name="askedOnly">Leave out the cables between nodes that were not asked.</param>
    public static IReadOnlyList<CablingRow> Compare(ResolvedPlan plan, FoundCabling found, IReadOnlyList<SilentNode> silent, bool askedOnly = false)
    {
        var check = new CablingCheck(plan, found, silent);
        return [.. plan.Links.Where(link => !askedOnly || check.IsAsked(link)).Select(check.Judge), .. check.Unplanned()];
    }

    private bool IsAsked(ResolvedLink link) => IsAsked(link.A) || IsAsked(link.B);

    private bool IsAsked(ResolvedEnd end) =>
        end.End.IsNodePattern ? _found.Nodes.Any(n => _found.NamesOf(n.Node.NodeId).Any(end.End.FitsNode)) : end.Asked is not null;

    private CablingRow Judge(ResolvedLink link)
    {
        if (Missing(link) is { } missing) return Row(link, CablingVerdict.Missing, missing);
        // Each fibre counts: the one from A to B and the one back, by whoever knows of it.
        var there = Compare(link.A, _found.To).Concat(Compare(link.B, _found.From)).ToList();
        var back = Compare(link.A, _found.From).Concat(Compare(link.B, _found.To)).ToList();
        if (there.Concat(back).Any(fits => fits == false))
        {
            var (text, swappedWith) = _wrong.Explain(link);
            return Row(link, CablingVerdict.Wrong, text) with { SwappedWith = swappedWith };
        }

        if (there.Concat(back).Any(fits => fits is null)) return Row(link, CablingVerdict.NotCompared, Untold(link));
        if (there.Count > 0 && back.Count > 0) return Row(link, CablingVerdict.Ok, Notes(link));
        // A pattern may fit nodes that were asked, but only the other end's node could tell.
        if (there.Count + back.Count == 0 && !IsAsked(Literal(link))) return Row(link, CablingVerdict.NotCompared, WhyNotAsked(link));
        return NotVerified(link, there.Count > 0, back.Count > 0);

        // For each place found: whether it is the other end; null where that cannot be told.
        IEnumerable<bool?> Compare(ResolvedEnd end, Func<Port, IEnumerable<Port>> look) =>
            end.Port is { } port ? look(port).Select(place => IsAt(link.Opposite(end), place)) : [];
    }

    private bool? IsAt(ResolvedEnd end, Port place)
    {
        var planned = end.End;
        if (end.Port is { } port) return place == port;
        if (planned.IsNodePattern ? !_found.NamesOf(place.NodeId).Any(planned.FitsNode) : end.NodeId != place.NodeId) return false;
        if (planned.IsAnyPort || (planned.IsPattern && _found.NamesOf(place).Any(planned.FitsPort))) return true;
        // The names of its ports are only known of a node that was asked.
        return _found.Asked(place.NodeId) is null ? null : false;
    }

    private static string? Missing(ResolvedLink link)
    {
        var missing = ((ResolvedEnd[])[link.A, link.B]).Where(end => end.IsMissing).Select(end => $"{end.End.Node} has no data link, interface or Interface_Id {end.End.Port}").ToList();
        return missing.Count == 0 ? null : string.Join("; ", missing);
    }

    // An end with wildcards knows of nothing by itself; where neither has any, either will do.
    private ResolvedEnd Literal(ResolvedLink link) =>
        link.A.End.IsPattern ? link.B : link.B.End.IsPattern ? link.A : IsAsked(link.A) ? link.A : link.B;

    private string WhyNotAsked(ResolvedLink link)
    {
        var nodes = ((ResolvedEnd[])[link.A, link.B]).Where(end => !end.End.IsNodePattern && end.Asked is null).Select(end => end.End.Node).Distinct();
        return string.Join("; ", nodes.Select(node => _silent.FirstOrDefault(s => s.Name == node) is { } silent
            ? $"{node} could not be asked: {silent.Why}" : $"{node} was not asked"));
    }

    private string Untold(ResolvedLink link)
    {
        var end = link.A.Port is null ? link.A : link.B;
        var from = link.Opposite(end).Port!.Value;
        var place = _found.To(from).Concat(_found.From(from)).First();
        return $"it ends at Interface_Id {place.Id} of {_found.NameOf(place.NodeId)}; whether that is {end.End.Port} only that node knows: ask it, too";
    }

    private CablingRow NotVerified(ResolvedLink link, bool there, bool back)
    {
        var ends = ((ResolvedEnd[])[link.A, link.B]).Where(end => end.DataLink is not null).ToList();
        var half = there ? $"only the fibre from {link.A.End} to {link.B.End} was verified" : back ? $"only the fibre from {link.B.End} to {link.A.End} was verified" : "";
        if (ends.FirstOrDefault(end => end.DataLink!.Allocated) is { } busy)
            return Row(link, CablingVerdict.AllocatedNotVerified, Join(half, $"{busy.End} is allocated; only free data links are verified"));
        var advice = ends.FirstOrDefault(end => end.DataLink!.Reason.Length > 0) is { } down
            ? $"{down.End}: {down.DataLink!.Reason}"
            : ends.Count == 0 ? WhyNotAsked(link) : Advice(link, ends, there, back);
        return Row(link, CablingVerdict.NotVerified, Join(half, advice));
    }

    // Who transmits begins: the fibre that is missing tells at which end.
    private static string Advice(ResolvedLink link, List<ResolvedEnd> ends, bool there, bool back)
    {
        var sender = there ? link.B : back ? link.A : ends[0];
        return sender.DataLink is { } known
            ? $"verify it: lmp te-link verify {known.TeLink}, at {sender.End.Node}"
            : $"{sender.End.Node} has to verify it";
    }

    private static string Notes(ResolvedLink link) => Join(link.A.Note, link.B.Note);

    private CablingRow Row(ResolvedLink link, CablingVerdict verdict, string text)
    {
        var found = new List<FoundEnds>();
        foreach (var end in (ResolvedEnd[])[link.A, link.B])
        {
            if (end.Port is not { } port || Ends(end.End.ToString(), port) is not { } ends) continue;
            found.Add(ends);
        }

        return new CablingRow(verdict, [link.A.End.ToString(), link.B.End.ToString()], link.Link.Line, found, null, text);
    }

    private FoundEnds? Ends(string name, Port port)
    {
        var (to, from) = (Names(_found.To(port)), Names(_found.From(port)));
        return to is null && from is null ? null : new FoundEnds(name, to, from);
    }

    // More than one where nodes contradict one another.
    private string? Names(IEnumerable<Port> ports) => string.Join(" and ", ports.Select(_plan.NameOf)) is { Length: > 0 } names ? names : null;

    // A fibre with one planned end is told in that cable's row.
    private IEnumerable<CablingRow> Unplanned()
    {
        var told = new HashSet<(Port, Port)>();
        foreach (var (from, to) in _found.Fibres)
        {
            if (_plan.At(from) is not null || _plan.At(to) is not null) continue;
            if (!told.Add((from, to))) continue;
            told.Add((to, from));
            var port = _found.DataLinkAt(from) is null ? to : from;
            yield return new CablingRow(CablingVerdict.Unplanned, null, null, [Ends(_plan.NameOf(port), port)!], null, "it is not in the plan");
        }
    }

    private static string Join(params ReadOnlySpan<string> texts)
    {
        var parts = new List<string>();
        foreach (var text in texts)
            if (text.Length > 0) parts.Add(text);
        return string.Join("; ", parts);
    }
}
