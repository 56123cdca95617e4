using System.Globalization;
using System.Text;
using OpenLmp.Cli.Decode;
using OpenLmp.Protocol;
using OpenLmp.Recording;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Replay;

/// <summary>For people: inputs with their time in seconds, outputs indented below the input they came of, messages as in <c>lmp decode</c>.</summary>
internal sealed class TextReplayReport : IReplayReport
{
    private const int Indent = 18;

    private readonly Terminal _terminal;
    private readonly Utf8Text _message = new();

    /// <summary>Writes to <paramref name="terminal"/>.</summary>
    public TextReplayReport(Terminal terminal) => _terminal = terminal;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing of its own to close.
    }

    /// <inheritdoc/>
    public void Line(RecordedLine line)
    {
        var text = line switch
        {
            { Start: { } start } => Start(start),
            { In: { } input, T: { } t } => $"{Time(t)} > {Words(input)}",
            { Out: { } output } => new string(' ', Indent) + Words(output),
            _ => $"{Time(line.T ?? 0)} end: {line.End}",
        };
        _terminal.Out.WriteLine(Printable(text));
    }

    /// <inheritdoc/>
    public void Verdict(OpenLmp.Recording.Replay replay)
    {
        if (replay.Faults > 0) _terminal.Out.WriteLine($"The node failed at {replay.Faults} of {replay.Inputs} inputs: a defect of this build.");
        if (replay.Compared == 0)
            _terminal.Out.WriteLine($"{replay.Inputs} inputs; the recording has no outputs to compare with.");
        else if (replay.Difference is not { } difference)
            _terminal.Out.WriteLine($"As recorded: {replay.Inputs} inputs, {replay.Compared} outputs.");
        else
            _terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                Not as recorded, from {replay.DifferenceAt:0.000000000} s on, of {replay.Inputs} inputs:
                  recorded: {Printable(Words(difference.Recorded))}
                  replayed: {Printable(Words(difference.Replayed))}
                """));
    }

    private string Start(RecordingStart start)
    {
        var node = start.Node!;
        var state = start.Options switch
        {
            { Retained: { } retained } => $"with its state from before ({retained.TeLinks.Count} TE links, {retained.DataLinks.Count} data links)",
            { StateLost: true } => "without state from before",
            _ => "",
        };
        var when = start.Time is { } time ? $", recorded from {_terminal.LocalTime(time.UtcDateTime)} on" : "";
        return $"{Time(0)} start of {node.Name} ({node.NodeId}) {state}".TrimEnd() + (start.By.Length > 0 ? $"; {start.By}" : "") + when;
    }

    private string Words(RecordedLine? line) => line switch
    {
        null => "nothing",
        { In: { } input } => Words(input),
        { Out: { } output } => Words(output),
        _ => RecordingJson.Text(line),
    };

    private string Words(NodeInput input) => input switch
    {
        DatagramInput d => $"{d.From} to {d.To}: {Message(d.Bytes.Span)}",
        TestInput t => $"{t.Link} receives {Message(t.Bytes.Span)}",
        DeadlineInput => "deadline",
        ReconfigureInput r => $"reconfigure: {RecordingWords.Of(r)}",
        _ => RecordingWords.Of(input),
    };

    private string Words(NodeOutput output) => output switch
    {
        SendOutput s => $"send to {s.To}: {Message(s.Bytes.Span)}",
        SendTestOutput s => $"send over {s.Link}: {Message(s.Bytes.Span)}",
        EventOutput e => e.Event,
        RetainOutput r => $"retain {r.Change}",
        AnswerOutput a => $"answer {a.Status}: {a.Text}",
        FaultOutput f => $"FAULT {f.Exception}",
        _ => RecordingWords.Of(output),
    };

    private string Message(ReadOnlySpan<byte> bytes)
    {
        if (LmpMessage.TryDecode(bytes, out var message, out var error))
        {
            _message.Text(TypeNames.Utf8(message.Type));
            TextReport.Flags(_message, message.Flags);
            Essentials.Write(_message, message);
        }
        else
        {
            _message.Text("malformed: "u8).Text(error.ToString());
        }

        var text = Encoding.UTF8.GetString(_message.Written);
        _message.Clear();
        return text;
    }

    // What comes from the network or the hardware must not move the cursor.
    private static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? $"\\x{(int)c:x2}" : c.ToString())) : text;

    private static string Time(decimal seconds) => seconds.ToString("0.000000", CultureInfo.InvariantCulture).PadLeft(Indent - 4);
}
