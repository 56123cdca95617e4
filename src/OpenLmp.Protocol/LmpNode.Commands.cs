namespace OpenLmp.Protocol;

/// <content>What an operator can ask a node for.</content>
public sealed partial class LmpNode
{
    private string NoTests => string.IsNullOrEmpty(_dataPlaneProblem)
        ? "no data plane here can send Test messages: see data-plane: in the configuration" : $"no Test message can be sent: {_dataPlaneProblem}";

    /// <summary>Takes a control channel up again that the operator took down.</summary>
    public CommandResult ControlChannelUp(Instant now, string neighbor, uint id)
    {
        if (Observed(now, new ControlChannelUpCommand(neighbor, id)) is { } answer) return answer;
        return FindChannel(neighbor, id) is { } channel ? channel.BringUpByOperator(now) : NoChannel(neighbor, id);
    }

    /// <summary>Takes a control channel down by the ControlChannelDown procedure (RFC 4204 §3.2.3); it stays down until the operator takes it up.</summary>
    public CommandResult ControlChannelDown(Instant now, string neighbor, uint id)
    {
        if (Observed(now, new ControlChannelDownCommand(neighbor, id)) is { } answer) return answer;
        if (FindChannel(neighbor, id) is not { } channel) return NoChannel(neighbor, id);
        var result = channel.TakeDownByOperator(now);
        // §3.2.3: it SHOULD only be taken down when other channels can manage the data links in use. The operator's word stands; he is told.
        var isLast = !channel.Neighbor.ControlChannels.Any(c => c != channel && c.IsUsable);
        return isLast && channel.Neighbor.TeLinks.Any(t => t.DataLinks.Any(l => l.Allocated))
            ? result with { Text = $"{result.Text}; it was the last control channel to {channel.Neighbor.Name}: its TE links are Degraded until one is up" }
            : result;
    }

    /// <summary>Sends a LinkSummary (RFC 4204 §4); <see cref="LinkSummaryFinished"/> tells how it ended.</summary>
    public CommandResult Summarize(Instant now, string teLink)
    {
        if (Observed(now, new SummarizeCommand(teLink)) is { } answer) return answer;
        if (_links.Find(teLink) is not { } found) return CommandResult.NotFound($"there is no TE link {teLink}");
        if (!found.Neighbor.IsUp) return CommandResult.Conflict($"{teLink}: no control channel to {found.Neighbor.Name} is up");
        if (found.RemoteId is null) return CommandResult.Conflict($"{teLink}: the Link_Id of {found.Neighbor.Name} is not known; set remote-id");
        if (!found.DataLinks.Any(l => l.RemoteId is not null)) return CommandResult.Conflict($"{teLink}: it has no data link whose remote-id is known");
        found.Exchange.Begin(now);
        return CommandResult.Ok($"{teLink}: LinkSummary sent to {found.Neighbor.Name}");
    }

    /// <summary>Verifies the free data links of a TE link (RFC 4204 §5); <see cref="VerificationFinished"/> tells how it ended.</summary>
    public CommandResult Verify(Instant now, string teLink)
    {
        if (Observed(now, new VerifyCommand(teLink)) is { } answer) return answer;
        if (_links.Find(teLink) is not { } found) return CommandResult.NotFound($"there is no TE link {teLink}");
        if (!found.Configuration.LinkVerification) return CommandResult.Conflict($"{teLink}: link-verification is off in the configuration");
        if (!CanTest) return CommandResult.Conflict($"{teLink}: {NoTests}");
        return found.Initiator.Begin(now, VerifyScope.AllFree) is { } why
            ? CommandResult.Conflict($"{teLink}: {why}")
            : CommandResult.Ok($"{teLink}: verification begun with {found.Neighbor.Name}");
    }

    /// <summary>
    /// Verifies data links of all TE links with a neighbour in one procedure that names none of them (RFC 4204 §5);
    /// <see cref="VerificationFinished"/> tells how it ended.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="neighbor">The neighbour.</param>
    /// <param name="unassigned">Only those whose mapping is not configured; otherwise all free ones.</param>
    public CommandResult VerifyAll(Instant now, string neighbor, bool unassigned = false)
    {
        if (Observed(now, new VerifyAllCommand(neighbor, unassigned)) is { } answer) return answer;
        if (!_neighbors.TryGetValue(neighbor, out var found)) return CommandResult.NotFound($"there is no neighbour {neighbor}");
        if (!found.TeLinks.Any(t => t.Configuration.LinkVerification))
            return CommandResult.Conflict($"{neighbor}: it has no TE link with link-verification on in the configuration");
        if (!CanTest) return CommandResult.Conflict($"{neighbor}: {NoTests}");
        return found.Initiator.Begin(now, unassigned ? VerifyScope.Unassigned : VerifyScope.AllFree) is { } why
            ? CommandResult.Conflict($"{neighbor}: {why}")
            : CommandResult.Ok($"{neighbor}: verification begun");
    }

    /// <summary>Allocates data links to user traffic: all, or none if any is not Up/Free (RFC 4204 §11.3.2, event 9).</summary>
    public CommandResult Allocate(Instant now, IReadOnlyList<string> dataLinks)
    {
        ArgumentNullException.ThrowIfNull(dataLinks);
        if (Observed(now, new AllocateCommand([.. dataLinks])) is { } answer) return answer;
        if (!TryFindDataLinks(dataLinks, out var links, out var missing)) return missing;
        foreach (var link in links)
        {
            if (link.Allocated) continue;
            // §3.2.4: Degraded means that new connections are not accepted.
            if (link.TeLink.State == TeLinkState.Degraded)
                return CommandResult.Conflict($"{link.Name}: {link.TeLink.Name} is Degraded, new connections are not accepted; {link.TeLink.Reason}");
            if (!link.TeLink.Neighbor.IsUp)
                return CommandResult.Conflict($"{link.Name}: no control channel to {link.TeLink.Neighbor.Name} is up, new connections are not accepted; {link.TeLink.Reason}");
            if (link.State != DataLinkState.UpFree)
                return CommandResult.Conflict($"{link.Name} is {link.State}, only an Up/Free data link can be allocated; {link.Reason}");
        }

        foreach (var link in links)
        {
            link.IsDecidedByOperator = true;
            if (!link.Allocated) link.Allocate(now);
        }

        return CommandResult.Retained($"allocated: {string.Join(", ", dataLinks)}");
    }

    /// <summary>Releases data links (RFC 4204 §11.3.2, event 10).</summary>
    public CommandResult Release(Instant now, IReadOnlyList<string> dataLinks)
    {
        ArgumentNullException.ThrowIfNull(dataLinks);
        if (Observed(now, new ReleaseCommand([.. dataLinks])) is { } answer) return answer;
        if (!TryFindDataLinks(dataLinks, out var links, out var missing)) return missing;
        foreach (var link in links)
        {
            link.IsDecidedByOperator = true;
            if (link.Allocated) link.Release(now);
        }

        return CommandResult.Retained($"released: {string.Join(", ", dataLinks)}");
    }

    /// <summary>The data plane reports what it receives on data links, or on component links: then for each sub-channel (RFC 4204 §1, §6.1).</summary>
    /// <param name="now">The time.</param>
    /// <param name="links">Names of data links.</param>
    /// <param name="signal">What they receive.</param>
    /// <param name="why">Why nothing usable, where the data plane knows, in words, such as "interface eth0 is down"; shown with it.</param>
    public CommandResult ReportSignal(Instant now, IReadOnlyList<string> links, SignalState signal, string? why = null)
    {
        ArgumentNullException.ThrowIfNull(links);
        if (Observed(now, new SignalCommand([.. links], signal, why)) is { } answer) return answer;
        var found = new List<DataLink>();
        foreach (var name in links)
        {
            var count = found.Count;
            if (_links.FindDataLink(name) is { } link) found.Add(link);
            found.AddRange(_links.SubChannelsOf(name));
            if (found.Count == count) return CommandResult.NotFound($"there is no data link {name}");
        }

        foreach (var link in found)
        {
            link.ReportSignal(now, signal, why);
            StatusChanged(now, link);
        }

        return CommandResult.Ok($"signal {signal}: {string.Join(", ", links)}");
    }

    private static CommandResult NoChannel(string neighbor, uint id) => CommandResult.NotFound($"there is no control channel {neighbor}/{id}");

    private ControlChannel? FindChannel(string neighbor, uint id) =>
        _channels.TryGetValue(id, out var channel) && channel.Neighbor.Name == neighbor ? channel : null;

    private bool TryFindDataLinks(IReadOnlyList<string> names, out List<DataLink> links, out CommandResult missing)
    {
        ArgumentNullException.ThrowIfNull(names);
        (links, missing) = ([], default);
        foreach (var name in names)
        {
            if (_links.FindDataLink(name) is not { } link)
            {
                missing = CommandResult.NotFound($"there is no data link {name}");
                return false;
            }

            links.Add(link);
        }

        return true;
    }
}
