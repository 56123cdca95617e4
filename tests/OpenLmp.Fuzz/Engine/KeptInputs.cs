using System.Security.Cryptography;

namespace OpenLmp.Fuzz;

/// <summary>A folder of inputs, a file each, named by target and content.</summary>
internal sealed class KeptInputs(string folder)
{
    /// <summary>The inputs of a target, in an order that does not depend on the file system.</summary>
    public IEnumerable<byte[]> Read(FuzzTarget target) => Directory.Exists(folder)
        ? Directory.GetFiles(folder, target.Name + "-*").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)
        : [];

    /// <summary>Writes an input; returns its file.</summary>
    public string Write(FuzzTarget target, ReadOnlySpan<byte> input) => Write(target.Name, input);

    /// <inheritdoc cref="Write(FuzzTarget, ReadOnlySpan{byte})"/>
    public string Write(string target, ReadOnlySpan<byte> input)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, $"{target}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}.bin");
        File.WriteAllBytes(file, input);
        return file;
    }
}
