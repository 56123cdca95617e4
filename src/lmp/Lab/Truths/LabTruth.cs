using OpenLmp.Protocol;

namespace OpenLmp.Cli.Lab;

/// <summary>
/// One side of what is really so in a lab, known without asking LMP, against what the nodes say of it. After each step of the story the truth is
/// taken anew, and the nodes have to come to say the same by themselves.
/// </summary>
internal abstract class LabTruth(LabNetwork network, LabReport report)
{
    /// <summary>The nodes, and the light between them.</summary>
    protected LabNetwork Network { get; } = network;

    /// <summary>Where findings are told.</summary>
    protected LabReport Report { get; } = report;

    /// <summary>The lab.</summary>
    protected LabTopology Topology => Network.Topology;

    /// <summary>A step has happened: what is so now.</summary>
    public abstract void Happened(LabStep step);

    /// <summary>What the nodes do not say as it is.</summary>
    public abstract IEnumerable<string> Differences(LabView view);

    /// <summary>The nodes say it as it is: tells what is new.</summary>
    /// <returns>Whether what the step planted has been found by that.</returns>
    public abstract bool Tell(LabStep step, LabView view);

    /// <summary>Whether what is so now explains an alarm at a port.</summary>
    public virtual bool Explains(LabPort port, AlarmKind kind) => false;

    /// <summary>Whether what is so now explains that a data link is not in service at a port.</summary>
    public virtual bool ExplainsDown(LabPort port) => false;
}
