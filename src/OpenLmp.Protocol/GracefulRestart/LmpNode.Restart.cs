// RFC 4204 §8: what a restart means for the chapters of a node.
namespace OpenLmp.Protocol;

/// <content>Graceful restart.</content>
public sealed partial class LmpNode
{
    /// <summary>What the node retains now: all that <see cref="INodeOutput.Retain"/> has told, put together.</summary>
    public RetainedState Retained => _context.Retention.Everything;

    /// <summary>Where Message_Ids would start after a restart (RFC 4204 §7); null: nobody retains them.</summary>
    public uint? MessageIdMark => _context.MessageIds.Mark;

    /// <summary>A TE link has taken what its neighbour knows: if it was the last, nothing of the lost state can come back any more.</summary>
    internal void ResynchronizationEnded(Instant now)
    {
        if (!_links.TeLinks.Any(t => t.Resynchronization.IsPending)) _context.Alarms.Clear(now, AlarmKind.StateLost, Name);
    }
}
