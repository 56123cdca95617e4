using OpenLmp.Api;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli.Top;

/// <summary>Reads of one daemon what may have changed, and makes the next picture of it.</summary>
/// <param name="client">The daemon.</param>
/// <param name="time">The clock that rates are told by.</param>
internal sealed class TopReader(ApiClient client, TimeProvider time)
{
    private const int MaxEvents = 200;

    // Above this many names of a word, all of it is read in one request.
    private const int MaxNames = 6;
    private const string All = "*";
    private static readonly string[] AllWords = [Words.Node, Words.ControlChannels, Words.TeLinks, Words.DataLinks, Words.Alarms, Words.Events];

    private readonly Lock _lock = new();
    private Dictionary<string, HashSet<string>> _dirty = [];
    private List<EventInfo> _events = [];
    private (long At, LoopInfo Loop)? _last;

    /// <summary>Everything is to be read.</summary>
    public void MarkAll()
    {
        lock (_lock)
            foreach (var word in AllWords) Mark(word, All);
    }

    /// <summary>What no event tells is to be read: ages, sequence numbers, rates.</summary>
    public void MarkTick()
    {
        lock (_lock)
        {
            Mark(Words.Node, All);
            Mark(Words.ControlChannels, All);
        }
    }

    /// <summary>Something happened: what it may have changed is to be read.</summary>
    public void Happened(EventInfo e)
    {
        lock (_lock)
        {
            _events.Add(e);
            if (_events.Count > MaxEvents) _events.RemoveAt(0);
            foreach (var (word, name) in ChangedBy(e)) Mark(word, name);
        }
    }

    /// <summary>Reads what is to be read.</summary>
    /// <param name="before">The picture so far.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CliException">The daemon does not answer.</exception>
    public async Task<TopPicture> ReadAsync(TopPicture before, CancellationToken cancellationToken)
    {
        Dictionary<string, HashSet<string>> dirty;
        lock (_lock) (dirty, _dirty) = (_dirty, []);
        var picture = before;
        foreach (var (word, names) in dirty) picture = await ReadAsync(picture, word, names, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            // After a reload there are others than before.
            if (picture.Node is { } node)
            {
                if (node.DataLinks.Total != picture.DataLinks.Count) Mark(Words.DataLinks, All);
                if (node.TeLinks.Total != picture.TeLinks.Count) Mark(Words.TeLinks, All);
            }

            return picture with { Events = [.. _events], Read = time.GetUtcNow().UtcDateTime };
        }
    }

    // What is not known here may have changed anything.
    private static IEnumerable<(string Word, string Name)> ChangedBy(EventInfo e) => e.Type switch
    {
        EventTypes.ControlChannelState => [(Words.ControlChannels, e.Object)],
        EventTypes.Adjacency or EventTypes.Behaviors => [(Words.ControlChannels, All)],
        EventTypes.TeLinkState or EventTypes.TeLinkAvailability => [(Words.TeLinks, e.Object)],
        EventTypes.LinkSummary or EventTypes.Resynchronization => [(Words.TeLinks, e.Object), (Words.DataLinks, e.Object)],
        EventTypes.Verification => [(Words.TeLinks, All), (Words.DataLinks, All)],
        EventTypes.Confirmation or EventTypes.LinkGroup or EventTypes.DataLinkState or EventTypes.Allocation or EventTypes.Activation or EventTypes.Signal
            or EventTypes.RemoteSignal or EventTypes.LineSignal or EventTypes.FaultLocalized or EventTypes.FaultCleared or EventTypes.Trace
            or EventTypes.TraceRequest => [(Words.DataLinks, e.Object)],
        EventTypes.CrossConnect => [(Words.DataLinks, All)],
        EventTypes.Alarm => [(Words.Alarms, All)],
        _ => AllWords.Where(word => word != Words.Events).Select(word => (word, All)),
    };

    private void Mark(string word, string name)
    {
        if (!_dirty.TryGetValue(word, out var names)) _dirty[word] = names = [];
        names.Add(name);
    }

    private async Task<TopPicture> ReadAsync(TopPicture picture, string word, HashSet<string> names, CancellationToken cancellationToken)
    {
        switch (word)
        {
            case Words.Node:
                var node = (await GetAsync<NodeInfo>(word, null, cancellationToken).ConfigureAwait(false)).FirstOrDefault();
                return picture with { Node = node, Rate = node is null ? null : RateOf(node.Loop) };
            case Words.ControlChannels:
                return picture with { ControlChannels = await MergeAsync(picture.ControlChannels, c => c.Name, word, names, cancellationToken).ConfigureAwait(false) };
            case Words.TeLinks:
                return picture with { TeLinks = await MergeAsync(picture.TeLinks, t => t.Name, word, names, cancellationToken).ConfigureAwait(false) };
            case Words.DataLinks:
                return picture with { DataLinks = await MergeAsync(picture.DataLinks, d => d.Name, word, names, cancellationToken).ConfigureAwait(false) };
            case Words.Alarms:
                return picture with { Alarms = await GetAsync<AlarmInfo>(word, null, cancellationToken).ConfigureAwait(false) };
            default:
                var events = await GetAsync<EventInfo>(word, null, cancellationToken).ConfigureAwait(false);
                // Those that came by the stream meanwhile are newer, or the same.
                lock (_lock) _events = [.. events.Concat(_events.Where(e => events.Length == 0 || e.Id > events[^1].Id)).TakeLast(MaxEvents)];
                return picture;
        }
    }

    private (double, double)? RateOf(LoopInfo loop)
    {
        var now = time.GetTimestamp();
        var last = _last;
        _last = (now, loop);
        if (last is not { } before || time.GetElapsedTime(before.At, now).TotalSeconds is not (> 0 and var seconds)) return null;
        return ((loop.DatagramsReceived - before.Loop.DatagramsReceived) / seconds, (loop.DatagramsSent - before.Loop.DatagramsSent) / seconds);
    }

    private async Task<IReadOnlyList<T>> MergeAsync<T>(
        IReadOnlyList<T> before, Func<T, string> nameOf, string word, HashSet<string> names, CancellationToken cancellationToken)
    {
        if (names.Contains(All) || names.Count > MaxNames) return await GetAsync<T>(word, null, cancellationToken).ConfigureAwait(false);
        var merged = before.ToList();
        foreach (var name in names)
        {
            var read = await GetAsync<T>(word, name, cancellationToken).ConfigureAwait(false);
            if (read.Length == 0) merged.RemoveAll(o => nameOf(o) == name);
            foreach (var o in read)
            {
                var at = merged.FindIndex(m => nameOf(m) == nameOf(o));
                if (at < 0) merged.Add(o);
                else merged[at] = o;
            }
        }

        return merged;
    }

    private async Task<T[]> GetAsync<T>(string word, string? name, CancellationToken cancellationToken)
    {
        try
        {
            return client.Parse<T[]>(await client.GetTextAsync(name is null ? $"/v1/{word}" : $"/v1/{word}?name={Uri.EscapeDataString(name)}", cancellationToken).ConfigureAwait(false));
        }
        catch (CliException e) when (name is not null && e.ExitCode == ExitCode.No)
        {
            return []; // It is no longer there.
        }
    }
}
