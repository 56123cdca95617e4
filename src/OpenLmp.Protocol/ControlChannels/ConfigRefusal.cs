// RFC 4204 §12.3.3, RFC 6898 §2.2, §4: what a ConfigNack says of our Config.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A received ConfigNack against the Config it answers. Pure.</summary>
internal sealed class ConfigRefusal
{
    private readonly List<string> _causes = [];

    /// <summary>Looks at a ConfigNack.</summary>
    /// <param name="channel">The control channel's configuration.</param>
    /// <param name="neighbor">The neighbour.</param>
    /// <param name="sent">What we proposed.</param>
    /// <param name="nack">Its answer.</param>
    public ConfigRefusal(ControlChannelConfiguration channel, Neighbor neighbor, ConfigProposal sent, ConfigNackMessage nack)
    {
        LegacyReason = BehaviorNegotiation.LegacyRefusal(sent, nack);
        TellsBehaviors = !IsLegacy && nack.Find<BehaviorConfig>() is not null;
        var behaviors = IsLegacy ? null : Common(neighbor, sent.Behaviors, nack.Find<BehaviorConfig>());
        var hello = Offer(channel, neighbor.Name, sent.Hello, nack.Find<HelloConfig>());
        // Behaviour (b) refuses whatever else there was, too: that says nothing yet.
        if (nack.Find<LmpWdmConfig>() is { } wdm && !(IsLegacy && wdm == sent.Wdm))
            _causes.Add(WdmNegotiation.Refusal(neighbor.Configuration.Wdm, wdm, neighbor.Name));
        var unknown = nack.Configs.Where(c => c is not (HelloConfig or LmpWdmConfig or BehaviorConfig)).ToList();
        if (unknown.Count > 0) _causes.Add(ConfigReview.Insists(neighbor.Name, unknown));
        if (_causes.Count == 0) Next = sent with { Hello = hello, Behaviors = behaviors };
        Cause = _causes.Count > 0 ? string.Join("; ", _causes)
            : hello == sent.Hello ? $"{neighbor.Name} refuses each BehaviorConfig, even as it asked for it; set behavior-negotiation: false here"
            : HelloNegotiation.Refusal(sent.Hello, neighbor.Name);
    }

    /// <summary>How the ConfigNack shows that the neighbour is a legacy node; empty if it does not.</summary>
    public string LegacyReason { get; }

    /// <summary>Whether it is a legacy node's.</summary>
    public bool IsLegacy => LegacyReason.Length > 0;

    /// <summary>Whether the neighbour says which behaviours it supports.</summary>
    public bool TellsBehaviors { get; }

    /// <summary>What to propose next, acceptable to both; null if there is nothing.</summary>
    public ConfigProposal? Next { get; }

    /// <summary>In words, why there is nothing more to propose, or what the neighbour refuses time and again.</summary>
    public string Cause { get; }

    private HelloConfig Offer(ControlChannelConfiguration channel, string neighbor, HelloConfig sent, HelloConfig? offer)
    {
        if (offer is null || IsLegacy && offer == sent) return sent;
        if (!offer.Negotiable)
            _causes.Add(HelloNegotiation.Refusal(sent, neighbor));
        else if (!HelloNegotiation.Accepts(channel, offer))
            _causes.Add(HelloNegotiation.Difference(channel, offer, neighbor) + HelloNegotiation.Advice);
        return offer;
    }

    private BehaviorConfig? Common(Neighbor neighbor, BehaviorConfig? sent, BehaviorConfig? offer)
    {
        if (offer is null) return sent;
        if (!neighbor.Configuration.BehaviorNegotiation)
        {
            _causes.Add($"{neighbor.Name} insists on BehaviorConfig (RFC 6898), behavior-negotiation: false here; set it to true");
            return sent;
        }

        var common = new BehaviorConfig(neighbor.OwnBehaviors & offer.Behaviors);
        if (common.Words == sent?.Words) _causes.Add($"{neighbor.Name} insists on behaviours that are not supported here");
        return common;
    }
}
