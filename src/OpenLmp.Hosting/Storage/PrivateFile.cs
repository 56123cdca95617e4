namespace OpenLmp.Hosting;

/// <summary>Files that only their owner reads and writes.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // 0600

    /// <summary>Opens a file for this process alone; makes it if there is none.</summary>
    public static FileStream OpenExclusively(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mode;
        return new FileStream(path, options);
    }

    /// <summary>Makes a file if there is none, and takes permissions from others if they have some.</summary>
    public static void Prepare(string path)
    {
        if (!File.Exists(path)) OpenExclusively(path).Dispose();
        else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Mode) File.SetUnixFileMode(path, Mode);
    }
}
