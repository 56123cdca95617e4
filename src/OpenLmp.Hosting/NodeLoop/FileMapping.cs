using System.Globalization;

namespace OpenLmp.Hosting;

/// <summary>A part of a file in the memory of this process (proc(5), smaps).</summary>
/// <param name="Start">Its first address.</param>
/// <param name="Length">Octets.</param>
internal readonly record struct FileMapping(nuint Start, nuint Length)
{
    /// <summary>
    /// The parts of a file that nobody can change and nobody has changed: all of what is in memory is in the file, too. Code and constants are; tables of
    /// addresses, which are filled in when the executable is loaded, are not.
    /// </summary>
    /// <param name="smaps">The lines of /proc/PID/smaps.</param>
    /// <param name="file">The file's path.</param>
    public static IEnumerable<FileMapping> Unchanged(IEnumerable<string> smaps, string file)
    {
        FileMapping? mapping = null;
        foreach (var line in smaps)
        {
            var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
            if (fields is [_, { Length: 4 } access, _, _, _, ..])
                mapping = fields is [var range, _, _, _, _, var path] && path == file && access[1] == '-' && access[3] == 'p' ? Of(range) : null;
            else if (mapping is { } found && fields is ["Anonymous:", "0", "kB"])
                yield return found;
        }
    }

    private static FileMapping Of(string range)
    {
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var start = nuint.Parse(range.AsSpan(0, dash), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return new(start, nuint.Parse(range.AsSpan(dash + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) - start);
    }
}
