// RFC 4204 §6: one TE link's part in fault management.
namespace OpenLmp.Protocol;

/// <summary>
/// Fault management of one TE link: what changes within one scheduling turn is judged and told together at its end (RFC 4204 §6.2: "bundling
/// together the notification of all the failed data links").
/// </summary>
internal sealed class FaultExchange
{
    // RFC 4209 §1: links between peer nodes do not depend on sessions with line systems. That one is lost changes nothing at once; but what the
    // line system said must not stay true for ever, once nobody can take it back.
    private static readonly TimeSpan LastWordHolds = TimeSpan.FromMinutes(1);

    // What fails at once may be told in several turns: a data plane reports port by port, or in parts.
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    // As many fibres that fail at once have one cause rather than one each.
    private const int Many = 8;

    private const int MostPorts = 3;

    private readonly NodeContext _node;
    private readonly TeLink _teLink;
    private readonly StatusSender _sender;
    private readonly StatusRequester _requester;
    private readonly StatusReceiver _receiver;
    private readonly Deadline _endOfTurn;
    private readonly Deadline _lastWord;
    private List<DataLink> _queue = [];
    private List<DataLink> _batch = [];
    private readonly HashSet<DataLink> _failed = [];
    // Those that failed for one cause.
    private readonly HashSet<DataLink> _together = [];
    private (AlarmSeverity Severity, string Text) _group;
    private Instant _groupLatest;
    private bool _isInStep;
    private bool _wasInStep;

    public FaultExchange(NodeContext node, TeLink teLink)
    {
        (_node, _teLink) = (node, teLink);
        _sender = new StatusSender(node, teLink, this);
        _requester = new StatusRequester(node, teLink);
        _receiver = new StatusReceiver(node, teLink);
        _endOfTurn = new Deadline(EndTurn);
        _lastWord = new Deadline(LastWordIsOld);
    }

    public StatusSender Sender => _sender;

    public StatusRequester Requester => _requester;

    public StatusReceiver Receiver => _receiver;

    /// <summary>Whether both ends support fault management on the TE link, and there is a way to the neighbour.</summary>
    public bool CanSpeak => _isInStep && _teLink.Neighbor.UsableChannel is not null;

    /// <summary>Whether both ends could do fault management before: each has told the other of its channels.</summary>
    public bool WasInStep => _wasInStep;

    private string GroupCause => $"fault-localized {_teLink.Name}";

    /// <summary>Something is to be done for a data link at the end of the turn.</summary>
    public void Queue(Instant now, DataLink link, FaultWork work)
    {
        if (link.Work == FaultWork.None) _queue.Add(link);
        link.Work |= work;
        if (!_endOfTurn.IsSet) _node.Deadlines.Set(_endOfTurn, now);
    }

    /// <summary>
    /// Looks whether both ends can do fault management now. Once they can, the neighbour is told of every channel that it does not take for
    /// granted; where it was told before, it is asked, too.
    /// </summary>
    public void Update(Instant now)
    {
        // Which channels are allocated is not known before the neighbour has told after our restart: to say "not" would deactivate them (§6.5, §8).
        if (_teLink.Neighbor.IsUp) _lastWord.Cancel();
        else if (!_lastWord.IsSet && _teLink.DataLinks.Any(l => l.LineSignal.IsBad())) _node.Deadlines.Set(_lastWord, now + LastWordHolds);
        var can = _teLink.Neighbor.IsUp && _teLink.IsFaultManagementAgreed && !_teLink.Resynchronization.IsPending;
        if (can == _isInStep) return;
        _isInStep = can;
        if (can) Synchronize(now);
        else Stop(now);
    }

    /// <summary>The neighbour has lost its state (RFC 4204 §8): where the adjacency stayed up, it is told everything again.</summary>
    public void NeighborRestarted(Instant now)
    {
        foreach (var link in _teLink.DataLinks)
        {
            link.NeighborRestarted();
            link.ForgetGroups();
        }

        if (_isInStep) Synchronize(now);
    }

    /// <summary>After a restart of either end both know the same again: the state of the channels is asked for (RFC 4204 §8).</summary>
    public void Resynchronized(Instant now)
    {
        _wasInStep = true;
        if (_isInStep) _requester.AskForAll(now);
    }

    /// <summary>Asks for the state of all channels, where the neighbour can be asked; where it cannot, it will be once it can.</summary>
    public void AskForAll(Instant now)
    {
        if (_isInStep) _requester.AskForAll(now);
    }

    /// <summary>The data link is no longer configured.</summary>
    public void Forget(Instant now, DataLink link)
    {
        link.Work = FaultWork.None;
        _failed.Remove(link);
        _together.Remove(link);
        UpdateGroup(now, 0);
    }

    /// <summary>The TE link is no longer configured.</summary>
    public void Remove()
    {
        _isInStep = false;
        _sender.Stop();
        _requester.Stop();
        _endOfTurn.Cancel();
        _lastWord.Cancel();
    }

    private void Synchronize(Instant now)
    {
        foreach (var link in _teLink.DataLinks)
        {
            (link.Told, link.ToldSent) = (null, null);
            if (link.HasReport || link.HasNewsOfSent || link.Work != FaultWork.None) Queue(now, link, FaultWork.Judge | FaultWork.Report | FaultWork.Sent);
            _node.Output.AtWork();
        }

        if (_wasInStep) _requester.AskForAll(now);
        _wasInStep = true;
    }

    private void Stop(Instant now)
    {
        _sender.Stop();
        _requester.Stop();
        foreach (var link in _teLink.DataLinks) link.ForgetGroups();
        _node.Alarms.Clear(now, AlarmKind.ChannelStatusUnanswered, _teLink.Name);
        if (_teLink.FaultManagement) return;
        // Not the way to the neighbour is lost, but its support: nothing it said will ever be taken back.
        foreach (var link in _teLink.DataLinks) link.ForgetHeard(now);
    }

    private void EndTurn(Instant now)
    {
        (_batch, _queue) = (_queue, _batch);
        // What others wait for goes first, people come after.
        if (CanSpeak) _sender.Send(now, _batch);
        var localized = 0;
        foreach (var link in _batch)
        {
            if (link.Work == FaultWork.None) continue;
            if (link.Judge(now)) localized++;
            if (link.Fault is { Signal: SignalState.Fail }) _failed.Add(link);
            else _failed.Remove(link);
            _node.Output.AtWork();
        }

        foreach (var link in UpdateGroup(now, localized))
            if (link.Work == FaultWork.None) link.TellFault(now, GroupCause);

        foreach (var link in _batch)
        {
            if (link.Work == FaultWork.None) continue;
            link.TellFault(now, _together.Contains(link) ? GroupCause : null);
            if (CanSpeak && link.IsAwaitingAnswer) _requester.Expect(now, link);
            link.Work = FaultWork.None;
            _node.Output.AtWork();
        }

        _batch.Clear();
        _sender.RequeueHeldBack(now);
    }

    // Data links that fail at once have one cause, such as a cut cable, if they are many or no other is left: one alarm, until the last of them is
    // repaired. Those that have come to be part of it now.
    private List<DataLink> UpdateGroup(Instant now, int localized)
    {
        if (_together.Count > 0 && !_together.Overlaps(_failed))
        {
            _together.Clear();
            _node.Alarms.Clear(now, AlarmKind.FaultLocalized, _teLink.Name);
        }

        var joined = localized > 0 ? FindGroup() : [];
        _together.UnionWith(joined);
        if (_together.Count == 0) return joined;
        // Where the cause is may turn out later than that they failed.
        List<DataLink> failed = [.. _failed.Where(_together.Contains)];
        if (joined.Count > 0) _group = Describe(failed);
        var causes = failed.Select(l => l.FaultCauseBelow);
        var left = failed.Count < _together.Count ? $"; {failed.Count} of them still {(failed.Count == 1 ? "has" : "have")} no signal" : "";
        var ports = failed.Take(MostPorts).Select(l => $"{l.Fault!.First} - {l.Fault.Second}");
        var where = $"{failed[0].WhereToLook(failed[0].Fault!, "check the cable")}: {string.Join(", ", ports)}";
        if (failed.Count > MostPorts) where += $" and {failed.Count - MostPorts} more";
        _node.Alarms.Raise(
            now, AlarmKind.FaultLocalized, _teLink.Name, _group.Severity, $"{_group.Text}{left}; {where}", causes.Contains(null) ? null : failed[0].FaultCauseBelow);
        return joined;
    }

    // What failed long before has a cause of its own, and what nobody watches does not count.
    private List<DataLink> FindGroup()
    {
        List<DataLink> others = [.. _failed.Where(l => !_together.Contains(l))];
        if (others.Count == 0) return [];
        var latest = others.Max(l => l.Fault!.Since);
        List<DataLink> atOnce = [.. others.Where(l => l.Fault!.Since + AtOnce >= latest)];
        if (atOnce.Count >= Many) return atOnce;
        if (_together.Count > 0) return _groupLatest + AtOnce >= latest ? atOnce : [];
        return atOnce.Count > 1 && !IsAnyLeft ? atOnce : [];
    }

    private bool IsAnyLeft => _teLink.DataLinks.Any(l => l.IsWatched && l.Fault is not { Signal: SignalState.Fail });

    private (AlarmSeverity Severity, string Text) Describe(List<DataLink> failed)
    {
        _groupLatest = failed.Max(l => l.Fault!.Since);
        var (first, all, allocated) = (failed[0].Fault!, _teLink.DataLinks.Count, _together.Count(l => l.CarriesTraffic));
        var (isAll, isAnyLeft, atOnce) = (_together.Count == all, IsAnyLeft, failed.Min(l => l.Fault!.Since) + AtOnce >= _groupLatest);
        return (allocated > 0 ? AlarmSeverity.Critical : AlarmSeverity.Major,
            $"{_teLink.Name}: {(isAll ? "all " : "")}{_together.Count}{(isAnyLeft ? $" of {all}" : "")} data links between {first.First.Node} and {first.Second.Node} failed"
            + (atOnce ? " at once" : "") + (isAll || isAnyLeft ? "; " : ", and no other is left; ")
            + (allocated > 0 ? $"traffic on {allocated} of them is affected" : "none of them carries traffic"));
    }

    private void LastWordIsOld(Instant now)
    {
        foreach (var link in _teLink.DataLinks) link.ForgetLineSignal(now);
    }
}
