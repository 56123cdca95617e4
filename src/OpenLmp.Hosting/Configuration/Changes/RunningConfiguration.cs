using System.IO.Compression;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>The text that the configuration in force was read from. Kept small: nobody may ask for it in months.</summary>
internal sealed class RunningConfiguration
{
    // Below that, packing saves nothing worth the time.
    private const int LongestPlain = 16 << 10;

    private readonly byte[] _bytes;
    private readonly bool _isPacked;

    /// <summary>Keeps a text.</summary>
    /// <param name="text">The text; right.</param>
    /// <param name="revision">How many texts have been in force before it, in this run of the daemon.</param>
    public RunningConfiguration(string text, int revision)
    {
        Revision = revision;
        _bytes = Encoding.UTF8.GetBytes(text);
        if (_bytes.Length <= LongestPlain) return;
        using var packed = new MemoryStream();
        using (var packing = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) packing.Write(_bytes);
        (_bytes, _isPacked) = (packed.ToArray(), true);
    }

    /// <summary>Rises with each change.</summary>
    public int Revision { get; }

    /// <summary>The text.</summary>
    public string Text
    {
        get
        {
            if (!_isPacked) return Encoding.UTF8.GetString(_bytes);
            using var unpacking = new StreamReader(new DeflateStream(new MemoryStream(_bytes), CompressionMode.Decompress), Encoding.UTF8);
            return unpacking.ReadToEnd();
        }
    }
}
