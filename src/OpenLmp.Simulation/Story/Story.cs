using System.Globalization;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Simulation;

/// <summary>Tells what was planted and what came of it, in words; and remembers the last that happened, for when something is violated.</summary>
internal sealed class Story(World world)
{
    private const int MostRemembered = 4000;
    private const int MostTold = 40;
    private const int LastTold = 10;

    private readonly Queue<(long At, int Node, int Other, string What)> _recent = new(MostRemembered);
    private readonly List<int> _numbers = [];

    /// <summary>Told line by line; null: nobody is.</summary>
    public Action<string>? Tell { get; set; }

    /// <summary>Whether every event of every node and every message but Hello is told, too.</summary>
    public bool TellsEverything { get; set; }

    /// <summary>The disturbances that had an effect.</summary>
    public IReadOnlyList<int> Numbers => _numbers;

    /// <summary>A duration for people: <c>250 ms</c>, <c>2.5 s</c>, <c>3 min 5 s</c>.</summary>
    public static string InWords(long nanoseconds) => nanoseconds switch
    {
        < Timeline.Second => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / (double)Timeline.Millisecond:0.#} ms"),
        < Timeline.Minute => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / (double)Timeline.Second:0.#} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / Timeline.Minute} min {nanoseconds % Timeline.Minute / Timeline.Second} s"),
    };

    /// <summary>A share for people: <c>30 %</c>.</summary>
    public static string InPercent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} %");

    /// <summary>A time for people: <c>1:02:03.456</c>.</summary>
    public static string AtTime(long nanoseconds)
    {
        var time = TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds:000}");
    }

    public void RoundBegins(int round) => Line($"round {round}");

    public void Planted(int number, string words)
    {
        _numbers.Add(number);
        world.Fingerprint.Add(words);
        Remember(-1, -1, $"#{number} {words}");
        Line($"  #{number} {words}");
    }

    public void Checked(Calm calm)
    {
        if (Tell is null) return;
        if (calm == Calm.Clean)
        {
            Line($"  repaired: all {world.Blueprint.TeLinks.Count} TE links agree at both ends, no alarm is left");
            return;
        }

        Line("  calm: all control channels and TE links are up and agree");
        foreach (var node in world.Nodes)
            foreach (var alarm in node.Lmp?.Alarms.All ?? [])
                if (alarm.State == AlarmState.Raised) Line($"    found by {node.Name}: {alarm.Text}");
    }

    public void Sent(SimulatedNode node, NetworkPath path, ReadOnlySpan<byte> bytes)
    {
        var type = (MessageType)bytes[3];
        if (type == MessageType.Hello) return;
        var flags = (HeaderFlags)bytes[2];
        Remember(node.Number, path.ToNode, flags == HeaderFlags.None ? Sends[(int)type & 63] : $"sends {type} [{flags}]");
    }

    /// <summary>Remembers an event; returns it in words.</summary>
    public string Told(SimulatedNode node, NodeEvent e)
    {
        var words = EventWords.Of(e);
        Remember(node.Number, -1, words);
        return words;
    }

    /// <summary>What happened before a violation: what was planted, what was told of the things it names, and the very last at its node.</summary>
    public IReadOnlyList<string> Recent(SimulatedNode? node, string what)
    {
        var names = what.Split([' ', ':', ',', ';', '(', ')', '>']).Where(n => n.Contains('-', StringComparison.Ordinal) && n.Length > 2 && n.Any(char.IsAsciiDigit)).ToHashSet();
        var entries = _recent.Where(r => r.Node < 0 || node is null || r.Node == node.Number || r.Other == node.Number || names.Any(n => Names(r.What, n))).ToList();
        var last = Math.Max(0, entries.Count - LastTold);
        return [.. entries[..last].Where(r => r.Node < 0 || names.Any(n => Names(r.What, n))).TakeLast(MostTold).Concat(entries[last..]).Select(InWords)];
    }

    private static bool Names(string text, string name)
    {
        var at = text.IndexOf(name, StringComparison.Ordinal);
        return at >= 0 && (at + name.Length == text.Length || !char.IsAsciiDigit(text[at + name.Length]));
    }

    private static readonly string[] Sends = [.. Enumerable.Range(0, 64).Select(i => $"sends {(MessageType)i}")];

    private static string InWords((long At, int Node, int Other, string What) entry)
    {
        var who = entry.Node < 0 ? "" : entry.Other < 0 ? $"{entry.Node.Name()} " : $"{entry.Node.Name()} -> {entry.Other.Name()} ";
        return $"{AtTime(entry.At)} {who}{entry.What}";
    }

    private void Remember(int node, int other, string what)
    {
        if (_recent.Count == MostRemembered) _recent.Dequeue();
        _recent.Enqueue((world.Timeline.Now, node, other, what));
        if (TellsEverything && node >= 0) Tell?.Invoke(InWords((world.Timeline.Now, node, other, what)));
    }

    private void Line(string text) => Tell?.Invoke($"{AtTime(world.Timeline.Now)} {text}");
}
