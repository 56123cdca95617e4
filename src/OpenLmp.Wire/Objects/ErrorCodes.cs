// RFC 4204 §13.15
namespace OpenLmp.Wire;

/// <summary>What the ERROR_CODE objects share: 32 bits of which several may be set.</summary>
internal static class ErrorCodes
{
    /// <summary>
    /// The RFC's words for the bits set, joined by commas; bits without words in hexadecimal: receivers ignore them, people may want to know.
    /// </summary>
    public static string InWords(uint bits, ReadOnlySpan<(uint Bit, string Text)> texts)
    {
        var words = new List<string>();
        foreach (var (bit, text) in texts)
        {
            if ((bits & bit) == 0) continue;
            words.Add(text);
            bits &= ~bit;
        }

        if (bits != 0) words.Add($"reserved bits 0x{bits:x}");
        return words.Count == 0 ? "no error" : string.Join(", ", words);
    }
}
