using Microsoft.Win32.SafeHandles;

namespace OpenLmp.Cli.Decode;

/// <summary>The process's standard streams as bytes.</summary>
internal static class StandardStreams
{
    /// <summary>Standard output.</summary>
    public static Stream OpenOutput()
    {
        // The console's stream swallows EPIPE, and then `lmp decode - | head` would read a live capture for ever. A FileStream reports it, but
        // writes to regular files at a position of its own, over what others write there: so it is for pipes and terminals only.
        var file = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (!file.CanSeek) return file;
        file.Dispose();
        return Console.OpenStandardOutput();
    }
}
