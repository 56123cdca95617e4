using System.Text;
using OpenLmp.Cli.Capture;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>What every line starts with: packet number, time, source and destination.</summary>
/// <param name="output">Where the lines go.</param>
internal sealed class LineStart(Utf8Text output)
{
    private const int NumberWidth = 6;

    private readonly byte[] _second = " hh:mm:ss."u8.ToArray();
    private long _secondShown = long.MinValue;

    /// <summary>Starts a line.</summary>
    public void Write(in LmpPacket packet)
    {
        output.Number((ulong)packet.Number, NumberWidth);
        TimeOfDay(packet.Time);
        output.Text(packet.Route.Text);
    }

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
}

/// <summary>The names of message types as the bytes to write.</summary>
internal static class TypeNames
{
    private static readonly byte[]?[] Names = new byte[]?[256];

    /// <summary>The RFC's name of a message type.</summary>
    public static ReadOnlySpan<byte> Utf8(MessageType type) => Names[(byte)type] ??= Encoding.ASCII.GetBytes(MessageTypeRegistry.Name(type));
}
