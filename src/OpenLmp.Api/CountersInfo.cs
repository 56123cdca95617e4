namespace OpenLmp.Api;

/// <summary>Messages and drops of the whole node or of one neighbour, since the daemon started.</summary>
/// <param name="Scope">
/// <c>node</c> for the whole node, which includes what could not be attributed to a neighbour; otherwise a neighbour's name.
/// </param>
/// <param name="Messages">One entry for each message type, by number; the last, <c>Unknown</c>, for types no RFC defines.</param>
/// <param name="Drops">One entry for each reason a received datagram can change nothing for.</param>
public sealed record CountersInfo(string Scope, IReadOnlyList<MessageCount> Messages, IReadOnlyList<DropCount> Drops)
{
    /// <summary>The scope of the whole node.</summary>
    public const string NodeScope = "node";
}

/// <summary>Messages of one type.</summary>
/// <param name="Type">The RFC's name of the message, such as <c>Hello</c>.</param>
/// <param name="Sent">How many were sent, retransmissions included.</param>
/// <param name="Received">How many were received and decoded.</param>
/// <param name="Retransmitted">How many were sent again.</param>
public sealed record MessageCount(string Type, long Sent, long Received, long Retransmitted);

/// <summary>Datagrams that changed nothing, for one reason.</summary>
/// <param name="Reason">Why, such as <c>unknown-source</c>.</param>
/// <param name="Count">How many.</param>
public sealed record DropCount(string Reason, long Count);
