using System.Globalization;
using OpenLmp.Cli.Capture;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>A UDP datagram taken for LMP, and the packet that carried it.</summary>
/// <param name="number">The packet's number in the capture, from 1; the last one's where it came in fragments.</param>
/// <param name="time">When that was captured.</param>
/// <param name="route">Who wrote to whom.</param>
/// <param name="payload">The LMP message, as far as it was captured.</param>
/// <param name="length">Bytes the sender put into the datagram.</param>
internal readonly ref struct LmpPacket(long number, CaptureTime time, Route route, ReadOnlySpan<byte> payload, int length)
{
    /// <summary>The packet's number in the capture, from 1; the last one's where it came in fragments.</summary>
    public long Number { get; } = number;

    /// <summary>When that was captured.</summary>
    public CaptureTime Time { get; } = time;

    /// <summary>Who wrote to whom.</summary>
    public Route Route { get; } = route;

    /// <summary>The LMP message, as far as it was captured.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>Bytes the sender put into the datagram.</summary>
    public int Length { get; } = length;
}

/// <summary>Which UDP datagrams are taken for LMP.</summary>
/// <param name="Port">The port either side has to have; null: any, if the payload looks like LMP.</param>
internal readonly record struct PortFilter(ushort? Port)
{
    /// <summary>LMP's own port.</summary>
    public static readonly PortFilter Default = new(NetworkEndpoint.LmpPort);

    /// <summary>Whether the datagram is to be decoded.</summary>
    public bool Accepts(in UdpDatagram datagram)
    {
        if (Port is { } port) return datagram.Source.Port == port || datagram.Destination.Port == port;
        var payload = datagram.Payload;
        return payload.Length >= 6 && payload[0] >> 4 == CommonHeader.Version && ((payload[4] << 8) | payload[5]) == datagram.Length
            && datagram.Length >= CommonHeader.Size;
    }

    /// <summary>As it is written on the command line.</summary>
    public override string ToString() => Port is { } port ? port.ToString(CultureInfo.InvariantCulture) : "any";

    /// <summary>Parses a port number or <c>any</c>.</summary>
    public static bool TryParse(string text, out PortFilter filter)
    {
        filter = new PortFilter(null);
        if (text == "any") return true;
        if (!ushort.TryParse(text, NumberStyles.None, null, out var port) || port == 0) return false;
        filter = new PortFilter(port);
        return true;
    }
}
