// RFC 4204 §12.3.3, RFC 6898 §2.2: what of a received Config is acceptable.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>A received Config against what is configured here. Of several CONFIG objects of a C-Type the first counts (RFC 6898 §2.2). Pure.</summary>
internal sealed class ConfigReview
{
    private readonly List<string> _differences = [];

    /// <summary>Looks at a Config.</summary>
    /// <param name="channel">The control channel's configuration.</param>
    /// <param name="neighbor">The neighbour.</param>
    /// <param name="config">Its Config.</param>
    /// <param name="wasTold">Whether the neighbour has been told which behaviours we support.</param>
    public ConfigReview(ControlChannelConfiguration channel, Neighbor neighbor, ConfigMessage config, bool wasTold)
    {
        var unknown = new List<LmpObject>();
        Hello = config.Find<HelloConfig>();
        var wdm = config.Find<LmpWdmConfig>();
        if (Hello is null) Refuse(HelloNegotiation.Preferred(channel), $"{neighbor.Name} proposes no hello intervals");
        foreach (var o in config.Configs.DistinctBy(c => c.CType))
        {
            switch (o)
            {
                case HelloConfig hello:
                    // Acceptable values for what is negotiable, copies of what is not.
                    if (!HelloNegotiation.Accepts(channel, hello))
                    {
                        Refuse(
                            hello.Negotiable ? HelloNegotiation.Nearest(channel, hello) : hello,
                            HelloNegotiation.Difference(channel, hello, neighbor.Name) + HelloNegotiation.Advice);
                    }

                    break;
                case BehaviorConfig behaviors when !neighbor.Configuration.BehaviorNegotiation:
                    // RFC 6898 §4 a, as any CONFIG object that is not known here: a copy, at once, and the neighbour knows where it stands.
                    Refuse(behaviors, $"{neighbor.Name} proposes BehaviorConfig (RFC 6898), behavior-negotiation: false here; a neighbour that insists needs it to be true");
                    break;
                case BehaviorConfig behaviors:
                    Behaviors = behaviors;
                    if (!BehaviorNegotiation.Accepts(neighbor.OwnBehaviors, behaviors, wasTold))
                        Refuse(new BehaviorConfig(neighbor.OwnBehaviors), BehaviorNegotiation.Difference(neighbor.OwnBehaviors, behaviors, neighbor.Name));
                    break;
                case LmpWdmConfig:
                    break;
                default:
                    unknown.Add(o);
                    Refused.Add(o);
                    break;
            }
        }

        var role = neighbor.Configuration.Wdm;
        if (!WdmNegotiation.Accepts(role, wdm)) Refuse(WdmNegotiation.Answer(role, wdm), WdmNegotiation.Difference(role, wdm, neighbor.Name));
        if (unknown.Count > 0) _differences.Add(Insists(neighbor.Name, unknown));
    }

    /// <summary>The Hello parameters proposed; null if there are none, which is refused.</summary>
    public HelloConfig? Hello { get; }

    /// <summary>The behaviours proposed; null if the neighbour says nothing of them, or nobody here listens (<c>behavior-negotiation: false</c>).</summary>
    public BehaviorConfig? Behaviors { get; }

    /// <summary>What goes into the ConfigNack; nothing of what is agreed. Empty: everything is acceptable.</summary>
    public List<LmpObject> Refused { get; } = [];

    /// <summary>In words, what is not acceptable, and what to do.</summary>
    public string Difference => string.Join("; ", _differences);

    /// <summary>In words: the neighbour wants what is not known here.</summary>
    public static string Insists(string neighbor, IEnumerable<LmpObject> unknown) =>
        $"{neighbor} insists on {string.Join(", ", unknown.Select(o => o.Name))}, which is not supported here; turn it off at {neighbor}";

    private void Refuse(LmpObject answer, string difference)
    {
        Refused.Add(answer);
        _differences.Add(difference);
    }
}
