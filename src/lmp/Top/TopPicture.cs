using OpenLmp.Api;

namespace OpenLmp.Cli.Top;

/// <summary>How the picture comes in.</summary>
internal enum TopStatus
{
    /// <summary>Something has not been read yet.</summary>
    Reading,

    /// <summary>The daemon tells what changes.</summary>
    Live,

    /// <summary>The daemon is asked again and again: it does not stream.</summary>
    Polling,

    /// <summary>No daemon answers.</summary>
    Gone,
}

/// <summary>What is known of a node at a moment.</summary>
internal sealed record TopPicture
{
    /// <summary>How it comes in.</summary>
    public TopStatus Status { get; init; }

    /// <summary>Why it is not live; empty while it is.</summary>
    public string Problem { get; init; } = "";

    /// <summary>Since when no daemon answers, or, while one does, since when the last one had not, UTC; null: none was ever missing.</summary>
    public DateTime? GoneSince { get; init; }

    /// <summary>Until when the last outage was, UTC; null: there was none, or it lasts.</summary>
    public DateTime? BackSince { get; init; }

    /// <summary>When the daemon answered last, UTC.</summary>
    public DateTime Read { get; init; }

    /// <summary>The node; null before it was first read.</summary>
    public NodeInfo? Node { get; init; }

    /// <summary>Datagrams a second since the last look, received and sent; null before there were two looks.</summary>
    public (double Received, double Sent)? Rate { get; init; }

    /// <summary>In the daemon's order, as the next ones.</summary>
    public IReadOnlyList<ControlChannelInfo> ControlChannels { get; init; } = [];

    /// <summary>The TE links.</summary>
    public IReadOnlyList<TeLinkInfo> TeLinks { get; init; } = [];

    /// <summary>The data links.</summary>
    public IReadOnlyList<DataLinkInfo> DataLinks { get; init; } = [];

    /// <summary>The alarms, cleared ones included.</summary>
    public IReadOnlyList<AlarmInfo> Alarms { get; init; } = [];

    /// <summary>The last events, oldest first.</summary>
    public IReadOnlyList<EventInfo> Events { get; init; } = [];
}
