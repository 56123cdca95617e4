using System.Text;

namespace OpenLmp.Hosting;

/// <summary>
/// Another text for a file, complete beside it before it takes its place: whoever reads the file, and whatever fails, finds the old text or the new one.
/// </summary>
internal sealed class SavedFile : IDisposable
{
    private readonly string _target;
    private readonly string _beside;

    /// <summary>Writes the text beside the file.</summary>
    /// <exception cref="IOException">It cannot be written there.</exception>
    /// <exception cref="UnauthorizedAccessException">lmpd may not write there.</exception>
    public SavedFile(string path, string text)
    {
        // A link stays a link.
        _target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        _beside = $"{_target}.new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None };
        using var file = new FileStream(_beside, options);
        if (!OperatingSystem.IsWindows() && File.Exists(_target)) File.SetUnixFileMode(_beside, File.GetUnixFileMode(_target));
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Why it could not be put in the file's place; null: it was, or has not been tried.</summary>
    public string? Problem { get; private set; }

    /// <summary>Puts it in the file's place. By then it is in force: a failure is told, and changes nothing.</summary>
    public void Commit()
    {
        try
        {
            File.Move(_beside, _target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Problem = e.Message.TrimEnd('.');
        }
    }

    /// <summary>Removes what is beside the file, unless it has taken its place.</summary>
    public void Dispose() => File.Delete(_beside);
}
