using System.IO.MemoryMappedFiles;

namespace OpenLmp.Fuzz;

/// <summary>
/// Keeps the input under way in a file that outlives the process, and ends the process where an input never ends: a stack overflow or a hang is a
/// find too.
/// </summary>
internal sealed class Watch : IDisposable
{
    // On a machine under load a thread may wait for long; nothing takes a second otherwise.
    private const int PatienceSeconds = 60;
    private const int Size = 1 << 20;
    private const int HeaderSize = 4 + NameSize;
    private const int NameSize = 32;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly Timer _timer;
    private long _begun;
    private long _lastSeen;
    private int _sameFor;

    public Watch(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Create, null, Size);
        _view = _file.CreateViewAccessor();
        _timer = new Timer(_ => Look(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    /// <summary>An input begins.</summary>
    public void Begin(FuzzTarget target, ReadOnlySpan<byte> input)
    {
        var handle = _view.SafeMemoryMappedViewHandle;
        Span<byte> name = stackalloc byte[NameSize];
        for (var i = 0; i < target.Name.Length; i++) name[i] = (byte)target.Name[i];
        handle.WriteSpan<byte>(4, name);
        handle.WriteSpan(HeaderSize, input[..Math.Min(input.Length, Size - HeaderSize)]);
        handle.Write(0, input.Length);
        Interlocked.Increment(ref _begun);
    }

    /// <summary>All inputs have ended.</summary>
    public void End() => _view.SafeMemoryMappedViewHandle.Write(0, -1);

    /// <summary>The input that was under way when the process ended; null if there was none.</summary>
    public static (string Target, byte[] Input)? Read(string path)
    {
        if (!File.Exists(path)) return null;
        var bytes = File.ReadAllBytes(path);
        var length = bytes.Length < HeaderSize ? -1 : BitConverter.ToInt32(bytes);
        return length < 0 ? null : (System.Text.Encoding.ASCII.GetString(bytes, 4, NameSize).TrimEnd('\0'), bytes.AsSpan(HeaderSize, length).ToArray());
    }

    public void Dispose()
    {
        _timer.Dispose();
        _view.Dispose();
        _file.Dispose();
    }

    private void Look()
    {
        var begun = Interlocked.Read(ref _begun);
        _sameFor = begun == _lastSeen && begun > 0 ? _sameFor + 1 : 0;
        _lastSeen = begun;
        if (_sameFor < PatienceSeconds || _view.SafeMemoryMappedViewHandle.Read<int>(0) < 0) return;
        Console.Error.WriteLine($"an input has not ended for {PatienceSeconds} s");
        Environment.Exit(Program.Died);
    }
}
