using OpenLmp.Cli.Capture;
using OpenLmp.Cli.Progress;

namespace OpenLmp.Cli.Decode;

/// <summary>What to show and how.</summary>
/// <param name="Ports">Which datagrams are taken for LMP.</param>
/// <param name="Verbose">Every object and field.</param>
/// <param name="Json">JSON lines.</param>
internal sealed record DecodeOptions(PortFilter Ports, bool Verbose = false, bool Json = false);

/// <summary>Goes through one capture, from its first packet to its last or to the damage.</summary>
internal sealed class DecodeRun
{
    private const int PacketsBetweenProgress = 1000;

    private readonly PortFilter _ports;
    private readonly ByteOutput _output;
    private readonly DecodePipeline _pipeline;
    private readonly UdpExtractor _extractor = new();
    private readonly SortedDictionary<int, long> _unsupportedLinkTypes = [];
    private long _others;

    private DecodeRun(DecodeOptions options, Stream output)
    {
        _ports = options.Ports;
        _output = new ByteOutput(output);
        _pipeline = new DecodePipeline(options, _output);
    }

    /// <summary>Shows every LMP message of a capture, and a summary on <paramref name="errors"/>.</summary>
    /// <param name="capture">The capture, from its first byte; may be a pipe from a capture still running.</param>
    /// <param name="name">Its name for error messages.</param>
    /// <param name="options">What to show and how.</param>
    /// <param name="output">Where messages go. When its reader goes away, the run ends quietly.</param>
    /// <param name="errors">Where the summary and errors go.</param>
    /// <param name="progress">Where it is shown how much of a file has been read; null: nowhere.</param>
    /// <returns>The exit code: 0; 1 if a message was malformed; 2 if the capture cannot be read to its end.</returns>
    public static int Execute(Stream capture, string name, DecodeOptions options, Stream output, TextWriter errors, ProgressLine? progress = null)
    {
        var run = new DecodeRun(options, output);
        // Whatever is there is shown before waiting for more; nobody waits for more of a file.
        var source = capture.CanSeek ? new ByteSource(capture) : new ByteSource(capture, run._pipeline.Flush);
        if (!CaptureReader.TryOpen(source, out var reader, out var error))
        {
            errors.WriteLine($"lmp decode: {name}: {error}");
            return 2;
        }

        run.ReadAll(reader!, progress is null ? null : () => progress.TellBytes(source.Position, capture.Length, name));
        progress?.Clear();
        if (!run._pipeline.Flush())
        {
            if (run._output.Error is null) return 0;
            errors.WriteLine($"lmp decode: cannot write: {run._output.Error}");
            return 2;
        }

        run.Summarize(errors);
        if (reader!.Error is null) return run._pipeline.Malformed > 0 ? 1 : 0;
        errors.WriteLine($"lmp decode: {name}: {reader.Error}");
        return 2;
    }

    private void ReadAll(CaptureReader reader, Action? tell)
    {
        for (var packets = 0; !_output.IsClosed && reader.TryRead(out var packet); packets++)
        {
            if (tell is not null && packets % PacketsBetweenProgress == 0) tell();
            if (!LinkLayer.IsSupported(packet.LinkType))
                _unsupportedLinkTypes[packet.LinkType] = _unsupportedLinkTypes.GetValueOrDefault(packet.LinkType) + 1;
            if (_extractor.TryExtract(packet, out var datagram) && _ports.Accepts(datagram))
            {
                // The fragments before the last one were counted as other packets.
                _others -= datagram.Fragments - 1;
                _pipeline.Add(packet, datagram);
            }
            else
            {
                _others++;
            }
        }
    }

    private void Summarize(TextWriter errors)
    {
        errors.Write($"{_pipeline.Messages} messages, {_pipeline.Malformed} malformed, {_others} other packets");
        if (_pipeline.Truncated > 0) errors.Write($", {_pipeline.Truncated} truncated by the capture");
        errors.WriteLine();
        if (_extractor.IncompletePackets > 0)
            errors.WriteLine($"{_extractor.IncompletePackets} fragmented packets are incomplete or contradict themselves");
        foreach (var (linkType, count) in _unsupportedLinkTypes)
            errors.WriteLine($"{count} packets have link type {linkType}, which is not supported (supported: {LinkLayer.Supported})");
    }
}
