using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>
/// A checksum of a row. SQLite notices damage to its own structures only: without this, a flipped bit could allocate a data link.
/// </summary>
internal static class RowSum
{
    /// <summary>The sum of a row's values: texts, integers, truth values and nulls.</summary>
    /// <param name="table">The table's name: a row of one is none of another.</param>
    /// <param name="values">The values, in the order of the columns.</param>
    public static long Of(string table, params ReadOnlySpan<object?> values)
    {
        var text = new StringBuilder(table);
        foreach (var value in values)
        {
            // Lengths keep "a", "bc" and "ab", "c" apart.
            var word = value switch { null => null, bool b => b ? "1" : "0", _ => Convert.ToString(value, CultureInfo.InvariantCulture) };
            if (word is null) text.Append("|-");
            else text.Append(CultureInfo.InvariantCulture, $"|{word.Length}:{word}");
        }

        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
