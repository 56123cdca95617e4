using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Recording;

/// <summary>
/// Feeds a recording to a node on virtual time, and compares what comes out with what came out when it was recorded. The replay is recorded itself:
/// <see cref="Next"/> gives its lines.
/// </summary>
public sealed class Replay
{
    private readonly RecordingReader _reader;
    private readonly ReplayHost _host = new();
    private readonly Queue<RecordedLine> _replayed = new();
    // Recorded lines that have been fed and not been compared yet.
    private readonly Queue<RecordedLine> _expected = new();
    private RecordedLine? _ahead;
    private LmpNode? _node;
    private NodeRecorder? _recorder;
    private bool _isOver;

    /// <summary>Prepares a replay; <see cref="Next"/> runs it.</summary>
    public Replay(RecordingReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _reader = reader;
    }

    /// <summary>The first line at which the replay is not as recorded: what was recorded and what came now, null where there was nothing; null: none so far.</summary>
    public (RecordedLine? Recorded, RecordedLine? Replayed)? Difference { get; private set; }

    /// <summary>When that was, in seconds since the start.</summary>
    public decimal DifferenceAt { get; private set; }

    /// <summary>Whether nothing was otherwise than recorded, and the node did not fail.</summary>
    public bool IsAsRecorded => Faults == 0 && (Difference is null || Compared == 0);

    /// <summary>How many inputs have entered the node, deadlines included.</summary>
    public long Inputs { get; private set; }

    /// <summary>How many outputs of the recording there were to compare with.</summary>
    public long Compared { get; private set; }

    /// <summary>How many inputs the node failed at, with an exception.</summary>
    public long Faults { get; private set; }

    /// <summary>Whether the recording ends as one that was ended does, not as one whose process was killed.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The next line of the replay: its start, an input, or an output of the node; null when it is over.</summary>
    /// <exception cref="RecordingException">The recording goes no further, because a line of it is damaged.</exception>
    public RecordedLine? Next()
    {
        while (_replayed.Count == 0 && !_isOver) Feed();
        if (!_replayed.TryDequeue(out var line)) return null;
        if (line.In is not null) Inputs++;
        if (line.Out is FaultOutput) Faults++;
        return line;
    }

    private void Feed()
    {
        var first = _node is null ? new RecordedLine { Start = _reader.Start } : _ahead ?? _reader.Next();
        _ahead = null;
        _expected.Clear();
        if (first is null)
        {
            _isOver = true;
            return;
        }

        if (first.Out is not null) throw new RecordingException("an output comes before any input");
        _expected.Enqueue(first);
        while ((_ahead = _reader.Next()) is { Out: not null } output)
        {
            Compared++;
            _expected.Enqueue(output);
        }

        _host.Recorded = _expected;
        if (_node is null) Start();
        else Enter(first);
        Compare();
    }

    private void Start() => (_node, _recorder) = NodeRecorder.Start(_reader.Start, _host, _replayed.Enqueue);

    private void Enter(RecordedLine line)
    {
        var now = new Instant(_reader.Start.Clock + (long)(line.T!.Value * 1_000_000_000m));
        if (_reader.Start.MeetDeadlines)
        {
            // What is due at the very time of an input comes after it, unless the recording has it before.
            while (_node!.NextDeadline < now || (line.End is not null && _node.NextDeadline <= now)) Try(new DeadlineInput(), _node.NextDeadline);
        }

        if (line.End is { } why)
        {
            (IsComplete, _isOver) = (true, true);
            _recorder!.End(now, why);
            return;
        }

        Try(line.In!, now);
    }

    private void Try(NodeInput input, Instant now)
    {
        try
        {
            input.Enter(_node!, now);
        }
        catch (Exception e)
        {
            // The host survives it, and so does the replay: that it happens here again is what one wants to know.
            _recorder!.Failed(e);
        }
    }

    private void Compare()
    {
        if (Difference is not null) return;
        using var recorded = _expected.GetEnumerator();
        using var replayed = _replayed.GetEnumerator();
        while (true)
        {
            var (more, moreReplayed) = (recorded.MoveNext(), replayed.MoveNext());
            if (!more && !moreReplayed) return;
            // A recording that was cut off has the last outputs in part.
            if (!more && _ahead is null && !IsComplete) return;
            var (was, now) = (more ? recorded.Current : null, moreReplayed ? replayed.Current : null);
            if (was == now) continue;
            (Difference, DifferenceAt) = ((was, now), _expected.Peek().T ?? 0);
            return;
        }
    }

    /// <summary>Answers the node as the recorded host did.</summary>
    private sealed class ReplayHost : INodeOutput
    {
        private readonly List<(NetworkEndpoint Local, string? Interface)> _transports = [];
        private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

        // What came out of the input that is being replayed.
        public IEnumerable<RecordedLine> Recorded
        {
            private get;
            set
            {
                field = value;
                _asked.Clear();
            }
        } = [];

        public void Open(ControlChannel channel)
        {
            var opened = Recorded.Select(l => l.Out).OfType<OpenOutput>().FirstOrDefault(o => o.Channel == channel.Id);
            channel.TransportSlot = opened?.Slot ?? Slot(channel);
        }

        public void Close(ControlChannel channel)
        {
        }

        public VerifyTransport GetTestTransports(DataLink link)
        {
            var count = _asked[link.Name] = _asked.GetValueOrDefault(link.Name) + 1;
            var answers = Recorded.Select(l => l.Out).OfType<TestTransportsOutput>().Where(o => o.Link == link.Name);
            return answers.Take(count).LastOrDefault()?.Transports ?? VerifyTransport.Payload;
        }

        public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
        {
        }

        public void Tell(NodeEvent e)
        {
        }

        // As a host would: channels with the same local address and interface share a transport.
        private int Slot(ControlChannel channel)
        {
            var key = (channel.Local, channel.Configuration.Interface);
            if (!_transports.Contains(key)) _transports.Add(key);
            return _transports.IndexOf(key);
        }
    }
}
