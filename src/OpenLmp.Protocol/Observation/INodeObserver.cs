namespace OpenLmp.Protocol;

/// <summary>
/// Told of everything that enters a node, before the node handles it. With its configuration, options and start, and with what the host answers to
/// <see cref="INodeOutput"/>, that is all a node depends on: who knows it can have another node do the same again.
/// </summary>
public interface INodeObserver
{
    /// <summary>An input arrives. A deadline is one too; <see cref="LmpNode.Advance"/> with nothing due is none.</summary>
    void Takes(Instant now, NodeInput input);

    /// <summary>The command just taken has this answer.</summary>
    void Answers(CommandResult answer);
}
