using System.Text.Json;
using OpenLmp.Cli.Capture;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>What to show and how.</summary>
/// <param name="Ports">Which datagrams are taken for LMP.</param>
/// <param name="Verbose">Every object and field.</param>
/// <param name="Json">JSON lines.</param>
internal sealed record DecodeOptions(PortFilter Ports, bool Verbose = false, bool Json = false);

/// <summary>Goes through one capture, from its first packet to its last or to the damage.</summary>
internal sealed class DecodeRun
{
    private readonly PortFilter _ports;
    private readonly Utf8Output _output;
    private readonly IReport _report;
    private readonly UdpExtractor _extractor = new();
    private readonly SortedDictionary<int, long> _unsupportedLinkTypes = [];
    private long _messages;
    private long _malformed;
    private long _truncated;
    private long _others;

    private DecodeRun(PortFilter ports, Utf8Output output, IReport report)
    {
        _ports = ports;
        _output = output;
        _report = report;
    }

    /// <summary>Shows every LMP message of a capture, and a summary on <paramref name="errors"/>.</summary>
    /// <param name="capture">The capture, from its first byte; may be a pipe from a capture still running.</param>
    /// <param name="name">Its name for error messages.</param>
    /// <param name="options">What to show and how.</param>
    /// <param name="output">Where messages go. When its reader goes away, the run ends quietly.</param>
    /// <param name="errors">Where the summary and errors go.</param>
    /// <returns>The exit code: 0; 1 if a message was malformed; 2 if the capture cannot be read to its end.</returns>
    public static int Execute(Stream capture, string name, DecodeOptions options, Stream output, TextWriter errors)
    {
        var lines = new Utf8Output(output);
        using var json = new Utf8JsonWriter(lines, MessageJson.Options);
        // Whatever is there is shown before waiting for more.
        if (!CaptureReader.TryOpen(new ByteSource(capture, lines.Flush), out var reader, out var error))
        {
            errors.WriteLine($"lmp decode: {name}: {error}");
            return 2;
        }

        var run = new DecodeRun(options.Ports, lines, options.Json ? new JsonReport(lines, json) : new TextReport(lines, options.Verbose));
        run.ReadAll(reader!);
        if (!lines.Flush())
        {
            if (lines.Error is null) return 0;
            errors.WriteLine($"lmp decode: cannot write: {lines.Error}");
            return 2;
        }

        run.Summarize(errors);
        if (reader!.Error is null) return run._malformed > 0 ? 1 : 0;
        errors.WriteLine($"lmp decode: {name}: {reader.Error}");
        return 2;
    }

    private void ReadAll(CaptureReader reader)
    {
        while (!_output.IsClosed && reader.TryRead(out var packet))
        {
            if (!LinkLayer.IsSupported(packet.LinkType))
                _unsupportedLinkTypes[packet.LinkType] = _unsupportedLinkTypes.GetValueOrDefault(packet.LinkType) + 1;
            if (_extractor.TryExtract(packet, out var datagram) && _ports.Accepts(datagram))
            {
                // The fragments before the last one were counted as other packets.
                _others -= datagram.Fragments - 1;
                Show(new LmpPacket(packet, datagram), datagram.IsCut);
            }
            else
            {
                _others++;
            }
        }
    }

    private void Show(in LmpPacket packet, bool isCut)
    {
        _messages++;
        if (isCut)
        {
            _truncated++;
            _report.Truncated(packet);
        }
        else if (LmpMessage.TryDecode(packet.Payload, out var message, out var error))
        {
            _report.Message(packet, message);
        }
        else
        {
            _malformed++;
            _report.Malformed(packet, error);
        }
    }

    private void Summarize(TextWriter errors)
    {
        errors.Write($"{_messages} messages, {_malformed} malformed, {_others} other packets");
        if (_truncated > 0) errors.Write($", {_truncated} truncated by the capture");
        errors.WriteLine();
        if (_extractor.IncompletePackets > 0)
            errors.WriteLine($"{_extractor.IncompletePackets} fragmented packets are incomplete or contradict themselves");
        foreach (var (linkType, count) in _unsupportedLinkTypes)
            errors.WriteLine($"{count} packets have link type {linkType}, which is not supported (supported: {LinkLayer.Supported})");
    }
}
