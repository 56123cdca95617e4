// RFC 4204 §12.7, §13.13, §13.14: as few messages as fit, from channels of any form.
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <summary>Puts channels into CHANNEL_STATUS and CHANNEL_STATUS_REQUEST objects. Pure.</summary>
internal static class ChannelStatusBuilder
{
    private static readonly IdentifierType[] Forms = [IdentifierType.Unnumbered, IdentifierType.IPv4, IdentifierType.IPv6];

    /// <summary>Splits a list at the bounds that a datagram sets.</summary>
    /// <param name="entries">The channels, in any order of forms.</param>
    /// <param name="overhead">Bytes of the message without objects.</param>
    /// <returns>How many entries go into each message, in order.</returns>
    public static IEnumerable<(int Start, int Count)> Split(IReadOnlyList<ChannelStatusEntry> entries, int overhead)
    {
        // Each form needs an object of its own.
        var full = CommonHeader.MaxMessageLength - overhead - (Forms.Length * ObjectHeader.Size);
        var (start, room) = (0, full);
        for (var i = 0; i < entries.Count; i++)
        {
            room -= entries[i].InterfaceId.Length + 4;
            if (room >= 0) continue;
            yield return (start, i - start);
            (start, room) = (i, full - entries[i].InterfaceId.Length - 4);
        }

        if (start < entries.Count) yield return (start, entries.Count - start);
    }

    /// <summary>The objects for channels, one for each form of ids.</summary>
    public static LmpObject[] Objects(ReadOnlySpan<ChannelStatusEntry> entries)
    {
        var objects = new List<LmpObject>(1);
        foreach (var form in Forms)
        {
            var count = 0;
            foreach (var entry in entries)
                if (entry.InterfaceId.Type == form) count++;
            if (count == 0) continue;
            var ofForm = new ChannelStatusEntry[count];
            foreach (var entry in entries)
                if (entry.InterfaceId.Type == form) ofForm[^count--] = entry;
            objects.Add(new ChannelStatusObject(form, [.. ofForm]));
        }

        return [.. objects];
    }

    /// <summary>The objects that ask for data links, one for each form of ids.</summary>
    public static ChannelStatusRequestObject[] Requests(IReadOnlyList<DataLink> links) =>
        [.. links.GroupBy(l => l.LocalId.Type).OrderBy(g => g.Key).Select(g => new ChannelStatusRequestObject(g.Key, [.. g.Select(l => l.LocalId)]))];
}
