using System.Buffers.Binary;
using OpenLmp.Wire;

namespace OpenLmp.Benchmarks;

/// <summary>
/// Writes a capture of LMP traffic, the same for the same number: of 20 messages 16 Hello, 2 ChannelStatus about 32 data links, 1 LinkSummary about 16
/// and 1 Config, over 10 control channels (tcpdump is slower the more distinct ids it meets).
/// </summary>
internal static class CaptureGenerator
{
    private const int Channels = 10;
    private const int Ethernet = 14, Ip = 20, Udp = 8;

    public static void Write(string path, int messages)
    {
        using var file = new BufferedStream(File.Create(path), 1 << 20);
        Span<byte> header = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B2C3D4);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 262_144);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1); // Ethernet
        file.Write(header);

        var frame = new byte[2_048];
        for (var i = 0; i < messages; i++)
        {
            var (channel, turn) = ((uint)(i % Channels) + 1, (uint)(i / Channels) + 1);
            var payload = Message(i, channel, turn);
            var length = Frame(frame, payload, channel);
            // 1 ms apart.
            BinaryPrimitives.WriteUInt32LittleEndian(header, 1_750_000_000u + (uint)(i / 1_000));
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)(i % 1_000) * 1_000);
            BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)length);
            file.Write(header[..16]);
            file.Write(frame.AsSpan(0, length));
        }
    }

    private static byte[] Message(int index, uint channel, uint turn)
    {
        // The kind changes from one round of channels to the next, so that each channel has all of them.
        switch (turn % 20)
        {
            case 5 or 15:
                return Messages.ChannelStatus((uint)index, 32).Encode();
            case 9:
                return Messages.LinkSummary((uint)index, 16).Encode();
            case 19:
                return Messages.Config(channel, (uint)index, new NodeId(0x0A000000 + channel)).Encode();
            default:
                var hello = new byte[Hello.EncodedLength];
                new Hello(HeaderFlags.None, channel, turn, turn - 1).Encode(hello);
                return hello;
        }
    }

    private static int Frame(Span<byte> frame, ReadOnlySpan<byte> payload, uint channel)
    {
        frame[..(Ethernet + Ip + Udp)].Clear();
        (frame[5], frame[11]) = (2, 1);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x0800);
        var ip = frame[Ethernet..];
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ip + Udp + payload.Length));
        (ip[8], ip[9]) = (64, 17);
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], 0x0A010000 + channel);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], 0x0A020000 + channel);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip[..Ip]));
        var udp = ip[Ip..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, 701);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], 701);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(Udp + payload.Length));
        payload.CopyTo(udp[Udp..]);
        return Ethernet + Ip + Udp + payload.Length;
    }

    private static ushort Checksum(ReadOnlySpan<byte> header)
    {
        var sum = 0u;
        for (var i = 0; i < header.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
