// RFC 5818
namespace OpenLmp.Protocol;

/// <content>Data channel status confirmation.</content>
public sealed partial class LmpNode
{
    /// <summary>
    /// Compares the statuses of a TE link's data channels with the neighbour's (RFC 5818 §6); <see cref="ConfirmationFinished"/> tells how it
    /// ended, alarms which data channels are in use at one end only.
    /// </summary>
    public CommandResult Confirm(Instant now, string teLink)
    {
        if (Observed(now, new ConfirmCommand(teLink)) is { } answer) return answer;
        if (_links.Find(teLink) is not { } found) return CommandResult.NotFound($"there is no TE link {teLink}");
        return _confirmer.Begin(now, found) is { } why
            ? CommandResult.Conflict($"{teLink}: {why}")
            : CommandResult.Ok($"{teLink}: {found.Neighbor.Name} is asked for the status of its data channels");
    }

    /// <summary>A data link was allocated, released, or failed, or is no longer.</summary>
    internal void StatusChanged(Instant now, DataLink link) => _confirmer.StatusChanged(now, link);
}
