// RFC 4204 §13.12
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>
/// The texts of DATA_LINKs that were shown lately, by their bytes: a node tells the same data links in each LinkSummary, and no other object has as
/// many fields.
/// </summary>
internal sealed class DataLinkTexts
{
    private const int SlotBits = 10;

    // Longer than any that is told in earnest: what is kept has to have a bound.
    private const int LongestKept = 256;

    private readonly (byte[] Bytes, byte[] Text)[] _slots = new (byte[], byte[])[1 << SlotBits];

    /// <summary>Finds the text of a DATA_LINK.</summary>
    /// <param name="link">The object.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="text">What was kept, if the result is true.</param>
    public bool TryFind(DataLinkObject link, ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> text)
    {
        ref var slot = ref SlotOf(link);
        text = slot.Text;
        return slot.Text is not null && bytes.SequenceEqual(slot.Bytes);
    }

    /// <summary>Keeps a text, in the place of another one.</summary>
    public void Keep(DataLinkObject link, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text)
    {
        if (bytes.Length <= LongestKept) SlotOf(link) = (bytes.ToArray(), text.ToArray());
    }

    private ref (byte[] Bytes, byte[] Text) SlotOf(DataLinkObject link)
    {
        var ids = (ulong)link.LocalInterfaceId.Value + (3 * (ulong)link.RemoteInterfaceId.Value);
        return ref _slots[(int)((ids * 0x9E37_79B9_7F4A_7C15) >> (64 - SlotBits))];
    }
}
