// RFC 6898 §4: which nodes do not take part in behaviour negotiation, and how to find out without disturbing them.
using OpenLmp.Wire;
using static OpenLmp.Protocol.ControlChannelEvent;

namespace OpenLmp.Protocol;

/// <content>Behaviour negotiation.</content>
/// <remarks>
/// A node that discards Configs with BehaviorConfig (§4 d) cannot be told from one that does not run. So bursts of Configs with and without it
/// take turns. An answer to one without still leaves open whether the neighbour was silent before because of the object, or had not started:
/// then the channel goes into service, and a Config with the object asks once more while it is. A modern neighbour acknowledges it (event 5:
/// Active, no loss), one of kind (d) discards it.
/// </remarks>
internal sealed partial class ConfigExchange
{
    // A Config with BehaviorConfig that is sent while the channel is in service.
    private readonly OutstandingConfig _question;

    // On a lossy path three Configs or their answers are soon lost, and a modern neighbour would stay a legacy one until it restarts.
    private const int MostQuestions = 3;

    // Questions in a row that nobody answered.
    private int _unanswered;

    // Whether a neighbour of unknown support was sent a Config without BehaviorConfig since: it may take us for the legacy node.
    private bool _wasPlain;

    // Whether the next Config to a neighbour of unknown support goes without BehaviorConfig.
    private bool _plain;

    // The Config whose behaviours were refused last because we do not support all of them: the neighbour knows from then on.
    private uint? _toldBehaviors;

    private const string NotAsked = "it is not asked: behavior-negotiation: false here";

    private bool TellsBehaviors => Neighbor.Configuration.BehaviorNegotiation && Neighbor.BehaviorSupport switch
    {
        BehaviorSupport.Negotiated => true,
        // §2.2: "When the neighbor is known to not support the extensions, the object MUST NOT be sent."
        BehaviorSupport.Legacy => false,
        _ => !_plain,
    };

    /// <summary>The channel is no longer in service: nothing more to ask.</summary>
    public void StopAsking()
    {
        _question.Stop();
        _unanswered = 0;
    }

    private ConfigProposal Proposal(HelloConfig hello) => new(
        hello,
        WdmNegotiation.Ours(Neighbor.Configuration.Wdm),
        TellsBehaviors ? new BehaviorConfig(Neighbor.OwnBehaviors) : null);

    // The neighbour acknowledged our Config. True if that leaves its support open.
    private bool SettleByAck(Instant now, ConfigProposal proposal, ConfigAckMessage ack)
    {
        Neighbor.AgreeWdm();
        if (proposal.Behaviors is { } ours)
        {
            if (ack.Find<BehaviorConfig>() is { } echo) AgreeBehaviors(now, ours.Behaviors & echo.Behaviors);
            else BecomesLegacy(now, "it acknowledges a Config with BehaviorConfig without repeating that (RFC 6898 §4 c)");
            return false;
        }

        if (Neighbor.Configuration.BehaviorNegotiation) return Neighbor.BehaviorSupport != BehaviorSupport.Legacy;
        BecomesLegacy(now, NotAsked);
        return false;
    }

    // We acknowledge the neighbour's Config. True if that leaves its support open.
    private bool SettleByConfig(Instant now, BehaviorConfig? theirs)
    {
        Neighbor.AgreeWdm();
        StopAsking();
        if (theirs is not null) AgreeBehaviors(now, theirs.Behaviors & Neighbor.OwnBehaviors);
        else if (_wasPlain && Neighbor.BehaviorSupport == BehaviorSupport.Unknown) return true;
        else BecomesLegacy(now, Neighbor.Configuration.BehaviorNegotiation ? "its Config has no BehaviorConfig (RFC 6898 §2.2)" : NotAsked);
        return false;
    }

    private void AgreeBehaviors(Instant now, LmpBehaviors behaviors)
    {
        _plain = _wasPlain = false;
        if (Neighbor.AgreeBehaviors(behaviors)) _node.Node.BehaviorsSettled(now, Neighbor);
    }

    private void BecomesLegacy(Instant now, string reason)
    {
        _wasPlain = false;
        if (Neighbor.BecomesLegacy(reason)) _node.Node.BehaviorsSettled(now, Neighbor);
    }

    private void Ask(Instant now) => _question.Send(
        now,
        new ConfigProposal(
            new HelloConfig(_channel.HelloInterval, _channel.HelloDeadInterval) { Negotiable = true },
            WdmNegotiation.Ours(Neighbor.Configuration.Wdm),
            new BehaviorConfig(Neighbor.OwnBehaviors)));

    private bool IsAnswerToQuestion(Instant now, ConfigAckMessage ack)
    {
        if (!_question.IsAnsweredBy(ack.MessageIdAck)) return false;
        StopAsking();
        _acknowledgedAt = now;
        SettleByAck(now, _question.Proposal!, ack);
        // The neighbour has taken a new Config and starts its sequence numbers over: so do we.
        _channel.Step(now, NewConfOk);
        return true;
    }

    private bool IsAnswerToQuestion(Instant now, ConfigNackMessage nack)
    {
        if (!_question.IsAnsweredBy(nack.MessageIdAck)) return false;
        StopAsking();
        var reason = BehaviorNegotiation.LegacyRefusal(_question.Proposal!, nack);
        // The neighbour waits for another Config now (event 6).
        _plain = reason.Length > 0;
        _channel.Step(now, ReconfigActive);
        if (reason.Length > 0) BecomesLegacy(now, reason);
        else Neighbor.HearBehaviors();
        return true;
    }

    private void QuestionUnanswered(Instant now)
    {
        if (++_unanswered < MostQuestions) Ask(now);
        else BecomesLegacy(now, "it answers Config messages, but discards those with BehaviorConfig (RFC 6898 §4 d)");
    }

    // Whoever answers next may be another program: with the object if the last burst had none, without if it had.
    private void TakeTurns()
    {
        Neighbor.DoubtBehaviors();
        _plain = _sent.Proposal!.Behaviors is not null;
    }
}
