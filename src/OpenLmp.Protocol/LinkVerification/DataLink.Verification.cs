// RFC 4204 §5, §11.3: what verification does to a data link.
using OpenLmp.Wire;
using static OpenLmp.Protocol.DataLinkEvent;
using static OpenLmp.Protocol.DataLinkState;

namespace OpenLmp.Protocol;

/// <content>Verification: events 3 to 8 and 11 of Figures 5 and 6.</content>
public sealed partial class DataLink
{
    private bool _wasMappingDoubtful;

    /// <summary>How many verifications of either end the link is part of, from their beginning to their end.</summary>
    internal int Verifications { get; set; }

    /// <summary>
    /// Whether the other link on the same fibre is being verified (RFC 4209 §2.2), or its neighbour has to tell first, after our restart, whether
    /// it carries traffic (RFC 4204 §8).
    /// </summary>
    internal bool IsKeptFromTest => Counterpart is { } other && (other.Verifications > 0 || other.TeLink.Resynchronization.IsPending);

    /// <summary>Whether the link may be tested: it is not allocated, and not in test already (RFC 4204 §5).</summary>
    internal bool CanBeTested => !CarriesTraffic && ActiveState is Down or UpFree;

    /// <summary>Whether Test messages may be looked for on the link.</summary>
    internal bool CanListen => !CarriesTraffic && PassiveState is Down or UpFree;

    /// <summary>Whether a verification would tell anything new of the link.</summary>
    internal bool NeedsVerification => !CarriesTraffic && !Verified;

    /// <summary>Whether Test messages are being sent over the link or looked for on it.</summary>
    internal bool IsInTest => ActiveState == Test || PassiveState == PasvTest;

    /// <summary>Whether it is for verification to find which data link of the neighbour's this is, or of which TE link (RFC 4204 §5).</summary>
    internal bool IsUnassigned => Configuration.RemoteId is null || TeLink.Configuration.RemoteId is null;

    /// <summary>How Test messages are sent over the link, as agreed with the neighbour in the last procedure that this node began (RFC 4204 §13.9).</summary>
    public VerifyTransport TestTransport { get; internal set; } = VerifyTransport.Payload;

    /// <summary>How Test messages are looked for on the link, as agreed in the last procedure that the neighbour began (RFC 4204 §13.9).</summary>
    public VerifyTransport ListenTransport { get; private set; } = VerifyTransport.Payload;

    /// <summary>Whether LinkSummary showed another mapping than ours, and the link has not been verified since (RFC 4204 §4).</summary>
    internal bool IsMappingDoubtful { get; set; }

    /// <summary>Whether Test messages have begun to come in where ours do not get through; asked once.</summary>
    internal bool TakeSignOfLife()
    {
        var sign = _signOfLife;
        _signOfLife = false;
        return sign && _transmitFailed;
    }

    /// <summary>Test messages will be sent: event 3.</summary>
    /// <returns>What is sent over the link in their place, where they are correlated with a trace (RFC 4207 §3.1); otherwise null.</returns>
    internal TraceObject? StartTest(Instant now, uint verifyId)
    {
        Step(now, StartTst);
        TellTestMode(now);
        return TestTransport.IsCorrelated() ? StartTestTrace(verifyId) : null;
    }

    /// <summary>A Test message is sent: event 11.</summary>
    internal void TestSent(Instant now) => Step(now, TestRet);

    /// <summary>TestStatusSuccess: event 5a, and the neighbour's end is found.</summary>
    internal void TestSucceeded(Instant now, FarEnd found)
    {
        (_transmitFailed, Verified) = (false, true);
        Tests.ActiveSuccesses++;
        Learn(now, found, FoundTransmit, FoundReceive);
        FoundTransmit = found;
        Step(now, TestOk);
        AfterTest(now);
    }

    /// <summary>No Test message arrived there: event 7.</summary>
    internal void TestFailed(Instant now, string why)
    {
        (_transmitFailed, Verified, FoundTransmit, _failure) = (true, false, null, why);
        Tests.ActiveFailures++;
        Step(now, TestFail);
        AfterTest(now);
    }

    /// <summary>The procedure ended without a result: event 7b. What was known of the link before still is.</summary>
    internal void TestAborted(Instant now)
    {
        Step(now, TestFail);
        TellTestMode(now);
        BringUp(now);
    }

    /// <summary>Test messages are looked for: event 4.</summary>
    internal void StartListening(Instant now, VerifyTransport transport)
    {
        ListenTransport = transport;
        Step(now, StartPsv);
        TellTestMode(now);
    }

    /// <summary>A Test message came in: event 6, and the neighbour's end is found.</summary>
    internal void TestReceived(Instant now, FarEnd found)
    {
        Tests.PassiveSuccesses++;
        _receiveFailed = false;
        _signOfLife |= FoundReceive is null;
        var isNew = FoundReceive?.InterfaceId != found.InterfaceId;
        var isElsewhere = isNew && RemoteId is not null && RemoteId != found.InterfaceId;
        Learn(now, found, FoundReceive, FoundTransmit);
        FoundReceive = found;
        Step(now, TestRcv);
        AfterTest(now);
        // The fibre may have been moved: where our own Test messages arrive is not known any more.
        if (isElsewhere && Configuration.RemoteId is null && _node.Node.CanTest) TeLink.Initiator.Request(now);
    }

    /// <summary>No Test message came in: event 8.</summary>
    internal void ListeningFailed(Instant now, string why)
    {
        (_receiveFailed, FoundReceive, _failure) = (true, null, why);
        Tests.PassiveFailures++;
        Step(now, PsvTestFail);
        AfterTest(now);
    }

    /// <summary>The procedure was lost: event 8b. What was known of the link before still is.</summary>
    internal void ListeningAborted(Instant now)
    {
        Step(now, PsvTestFail);
        TellTestMode(now);
        BringUp(now);
    }

    /// <summary>Raises or clears the alarm about where the link ends; what one link was found at may explain another.</summary>
    internal void UpdateWiring(Instant now)
    {
        var difference = Wiring.Difference(this);
        if (difference.Length == 0) _node.Alarms.Clear(now, AlarmKind.Miswired, Name);
        else _node.Alarms.Raise(now, AlarmKind.Miswired, Name, AlarmSeverity.Major, $"{Name}: {difference}");
    }

    // A mapping that is not configured follows what is found, and a fibre that is moved: but where the two directions lead to different ports,
    // it must not follow now one and now the other. What was compared with another mapping is void.
    private void Learn(Instant now, FarEnd found, FarEnd? before, FarEnd? otherDirection)
    {
        if (Configuration.RemoteId is not null || RemoteId == found.InterfaceId || !Wiring.IsOfOneForm(this, found)) return;
        var isMoved = before is { } b && b.InterfaceId != found.InterfaceId;
        if (RemoteId is not null && !isMoved && otherDirection?.InterfaceId == RemoteId) return;
        if (found.Neighbor != TeLink.Neighbor || Wiring.OwnerOf(this, found) is not null) return;
        RemoteId = found.InterfaceId;
        TakeOutOfService(now);
        Forget(now);
        AnotherMapping(now);
    }

    private void AfterTest(Instant now)
    {
        _node.Retention.Save(this);
        TellTestMode(now);
        if (_transmitFailed || _receiveFailed)
            _node.Alarms.Raise(now, AlarmKind.VerificationFailed, Name, AlarmSeverity.Major, $"{Name}: {_failure}; {_signalCause ?? "check the fibre and both ports"}");
        else
            _node.Alarms.Clear(now, AlarmKind.VerificationFailed, Name);
        // The alarm waits for the end of the procedure: what is found of another link may explain this one.
        if (Wiring.Difference(this).Length > 0) Step(now, SummaryFail);
        // A signal that failed meanwhile, or that the data plane has not told of yet: Figures 5 and 6 draw no event 14 in Test and PasvTest.
        else if (IsFailed) Step(now, DcDown);
        else BringUp(now);
    }

    // A mapping that does not agree is verified once, at once or when the link is released (RFC 4204 §4).
    private void DoubtMapping(bool differs)
    {
        if (differs && !_wasMappingDoubtful) IsMappingDoubtful = true;
        _wasMappingDoubtful = differs;
        if (!differs) IsMappingDoubtful = false;
    }

    private void TellTestMode(Instant now)
    {
        if (ActiveState != Test) EndTestTrace();
        _node.Output.SetTestMode(this, ActiveState == Test, PassiveState == PasvTest);
        // What came in meanwhile was part of the test, or was not: now it can be told.
        if (PassiveState != PasvTest) _node.Node.JudgeTraces(now, this);
    }
}
