// RFC 4204 §12.2
using System.Buffers.Binary;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>What can be read of a message that does not decode, or was not captured whole: the objects before the trouble.</summary>
internal static class PartialMessage
{
    /// <summary>The common header; null where there is none of version 1.</summary>
    public static CommonHeader? Header(ReadOnlySpan<byte> payload)
    {
        var whole = CommonHeader.TryRead(payload, out var header, out var error);
        // A Length that disagrees still leaves a header to show: that of a datagram cut by the capture, for one.
        return whole || error.Kind == DecodeErrorKind.LengthMismatch ? header : null;
    }

    /// <summary>The objects before <paramref name="error"/>.</summary>
    /// <param name="payload">The UDP payload that did not decode.</param>
    /// <param name="error">Why.</param>
    public static ValueList<LmpObject> ObjectsBefore(ReadOnlySpan<byte> payload, DecodeError error) =>
        ObjectsUpTo(payload, error.Kind == DecodeErrorKind.MissingObject ? payload.Length : error.Offset);

    /// <summary>The objects that end before <paramref name="limit"/>.</summary>
    /// <param name="payload">The UDP payload, or what was captured of it.</param>
    /// <param name="limit">Bytes from the start of the message.</param>
    public static ValueList<LmpObject> ObjectsUpTo(ReadOnlySpan<byte> payload, int limit)
    {
        var end = EndOfObjects(payload, limit);
        if (end == 0) return default;

        // The codec decodes whole messages only: so make one of the part, of a type that no format applies to.
        var part = payload[..end].ToArray();
        part[0] = CommonHeader.Version << 4;
        part[3] = 0;
        while (true)
        {
            BinaryPrimitives.WriteUInt16BigEndian(part.AsSpan(4), (ushort)end);
            if (LmpMessage.TryDecode(part.AsSpan(0, end), out var message, out var error)) return message.Objects;
            // There is an error before the one known. Each round ends earlier, so this ends.
            var shorter = EndOfObjects(part.AsSpan(0, end), Math.Min(error.Offset, end - 1));
            if (shorter == 0) return default;
            end = shorter;
        }
    }

    /// <summary>Where the last object that ends by <paramref name="limit"/> ends; 0 where there is none.</summary>
    private static int EndOfObjects(ReadOnlySpan<byte> payload, int limit)
    {
        var end = 0;
        foreach (var o in new ObjectWalker(payload))
        {
            if (o.Offset + o.Header.Length > limit) break;
            end = o.Offset + o.Header.Length;
        }

        return end;
    }
}
