namespace OpenLmp.Hosting;

/// <summary>Files that only their owner reads and writes.</summary>
internal static class PrivateFile
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // 0600

    /// <summary>Opens a file for this process alone; makes it if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="share">What others may do meanwhile.</param>
    public static FileStream OpenExclusively(string path, FileShare share = FileShare.None)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Mode;
        return new FileStream(path, options);
    }

    /// <summary>Moves a file out of the way.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">The time that becomes part of its new name, UTC.</param>
    /// <param name="besides">Ends of the names of files that belong to it, such as <c>-journal</c>; they are moved first.</param>
    /// <returns>Its new name.</returns>
    public static string KeepAside(string path, DateTime time, params ReadOnlySpan<string> besides)
    {
        var stamp = time.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var aside = $"{path}.{stamp}";
        for (var i = 2; File.Exists(aside); i++) aside = $"{path}.{stamp}-{i}";
        foreach (var end in besides)
            if (File.Exists(path + end)) File.Move(path + end, aside + end);
        File.Move(path, aside);
        return aside;
    }

    /// <summary>Makes a file if there is none, and takes permissions from others if they have some.</summary>
    public static void Prepare(string path)
    {
        if (!File.Exists(path)) OpenExclusively(path).Dispose();
        else if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != Mode) File.SetUnixFileMode(path, Mode);
    }
}
