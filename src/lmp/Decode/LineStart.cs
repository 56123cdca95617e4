using System.Text;
using OpenLmp.Cli.Capture;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>
/// What every line starts with: packet number, time, source and destination. These are most of the bytes of a listing and hardly change from
/// line to line, so the texts of the current second and of who recently wrote to whom are kept.
/// </summary>
/// <param name="output">Where the lines go.</param>
internal sealed class LineStart(Utf8Text output)
{
    private const int NumberWidth = 6;
    private const int CachedPairs = 256;

    private readonly (NetworkEndpoint Source, NetworkEndpoint Destination, byte[]? Text)[] _pairs = new (NetworkEndpoint, NetworkEndpoint, byte[]?)[CachedPairs];
    private readonly byte[] _second = " hh:mm:ss."u8.ToArray();
    private long _secondShown = long.MinValue;

    /// <summary>Starts a line.</summary>
    public void Write(in LmpPacket packet)
    {
        output.Number((ulong)packet.Number, NumberWidth);
        TimeOfDay(packet.Time);
        output.Text(TextOf(packet));
    }

    /// <summary>Address and port as people write them.</summary>
    public static string TextOf(NetworkAddress address, ushort port) => address.IsIPv6 ? $"[{address}]:{port}" : $"{address}:{port}";

    private void TimeOfDay(CaptureTime time)
    {
        if (!time.IsKnown)
        {
            output.Text(" --:--:--.------"u8);
            return;
        }

        if (time.Seconds != _secondShown)
        {
            _secondShown = time.Seconds;
            var second = (int)(((time.Seconds % 86_400) + 86_400) % 86_400);
            TwoDigits(1, second / 3600);
            TwoDigits(4, second / 60 % 60);
            TwoDigits(7, second % 60);
        }

        output.Text(_second).Digits(time.Microseconds, 6);
    }

    private void TwoDigits(int at, int value) => (_second[at], _second[at + 1]) = ((byte)('0' + (value / 10)), (byte)('0' + (value % 10)));

    private byte[] TextOf(in LmpPacket packet)
    {
        var folded = Fold(packet.Source) + (3 * Fold(packet.Destination));
        ref var slot = ref _pairs[(int)((folded * 0x9E37_79B9_7F4A_7C15) >> 56)];
        if (slot.Text is null || slot.Source != packet.Source || slot.Destination != packet.Destination)
            slot = (packet.Source, packet.Destination, Encoding.ASCII.GetBytes($" {TextOf(packet.Source)} > {TextOf(packet.Destination)}"));
        return slot.Text;
    }

    private static string TextOf(NetworkEndpoint endpoint) => TextOf(endpoint.Address, endpoint.Port);

    private static ulong Fold(NetworkEndpoint endpoint) =>
        (ulong)endpoint.Address.Value ^ (ulong)(endpoint.Address.Value >> 64) ^ ((ulong)endpoint.Port << 4);
}

/// <summary>The names of message types as the bytes to write.</summary>
internal static class TypeNames
{
    private static readonly byte[]?[] Names = new byte[]?[256];

    /// <summary>The RFC's name of a message type.</summary>
    public static ReadOnlySpan<byte> Utf8(MessageType type) => Names[(byte)type] ??= Encoding.ASCII.GetBytes(MessageTypeRegistry.Name(type));
}
