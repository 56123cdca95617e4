using Microsoft.Extensions.Logging;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>
/// A node's state file, held by this process alone. What is damaged or not understood is kept aside, and a new file begun: a node without its
/// past can take it from its neighbours, one that does not run cannot (RFC 4204 §8).
/// </summary>
internal sealed class StateStore : IStateFile
{
    private readonly string _path;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;
    private readonly FileStream _lock;
    private readonly SqliteStateFile _file;
    private string? _aside;
    private bool _isBegun;

    private StateStore(string path, NodeId nodeId, ILogger logger, TimeProvider time)
    {
        (_path, _logger, _time) = (path, logger, time);
        _file = new SqliteStateFile(path, nodeId);
        _lock = Lock(path);
    }

    /// <summary>What was retained; null: nothing.</summary>
    public StoredState? Stored { get; private set; }

    /// <summary>Why what was retained cannot be used; null: nothing is wrong.</summary>
    public string? Lost { get; private set; }

    /// <summary>Opens a node's state file, or prepares to make it.</summary>
    /// <exception cref="DaemonStartException">It is another node's, or in use, or where nothing can be written, or SQLite is missing.</exception>
    public static StateStore Open(string path, NodeId nodeId, ILogger logger, TimeProvider time)
    {
        if (!SqliteErrors.HasLibrary) throw new DaemonStartException($"state {path}: {SqliteErrors.NoLibrary}");
        var store = new StateStore(path, nodeId, logger, time);
        try
        {
            store.Read(nodeId);
            return store;
        }
        catch (StateFileException e)
        {
            store.Dispose();
            throw new DaemonStartException($"state {path}: {e.Message}");
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Keeps aside what the file holds: a node that runs knows better.</summary>
    /// <exception cref="StateFileException">It cannot be moved.</exception>
    public void BeginAnew()
    {
        if (Stored is not null)
        {
            _aside = KeepAside();
            _logger.StateFileOutdated(_path, _aside);
        }

        _isBegun = true;
    }

    /// <summary>Leaves no file behind, or the one that was there before <see cref="BeginAnew"/>; and closes it.</summary>
    public void Abandon()
    {
        _file.Close();
        foreach (var end in _isBegun ? (string[])["-journal", ""] : [])
        {
            File.Delete(_path + end);
            if (_aside is not null && File.Exists(_aside + end)) File.Move(_aside + end, _path + end);
        }

        Dispose();
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyCollection<RetainedChange> changes, IReadOnlyCollection<RetainedChange> everything)
    {
        if (_file.IsGone)
        {
            _logger.StateFileGone(_path);
            _file.Close();
        }

        try
        {
            _file.Write(changes, everything);
        }
        catch (StateFileDamagedException e)
        {
            // All of it is known here: a new file loses nothing.
            _logger.StateFileKeptAside(_path, e.Message, KeepAside());
            _file.Write(changes, everything);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void Read(NodeId nodeId)
    {
        try
        {
            Stored = _file.Read();
        }
        catch (StateFileDamagedException e)
        {
            var aside = KeepAside();
            _logger.StateFileKeptAside(_path, e.Message, aside);
            Lost = $"{_path}: {e.Message}; it is kept as {aside}";
            return;
        }

        if (Stored is null) return;
        if (Stored.NodeId != nodeId)
            throw new StateFileException($"it is the state of node {Stored.NodeId}, this is {nodeId}; name another file, or move it away");
        _logger.StateRead(_path, Stored.State.DataLinks.Count(l => l.Allocated), Stored.State.DataLinks.Count);
    }

    // A journal that is not done is part of the file: with a new file it would be taken for that one's.
    private string KeepAside()
    {
        _file.Close();
        try
        {
            return PrivateFile.KeepAside(_path, _time.GetUtcNow().UtcDateTime, "-journal");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateFileException($"it cannot be read, and not be moved out of the way either: {e.Message}", e);
        }
    }

    // Not the file itself: programs that make a backup of it may lock that.
    private static FileStream Lock(string path)
    {
        try
        {
            return PrivateFile.OpenExclusively($"{path}.lock");
        }
        catch (DirectoryNotFoundException)
        {
            throw new DaemonStartException($"state {path}: there is no directory {Path.GetDirectoryName(path)}; make it, or name another file");
        }
        catch (UnauthorizedAccessException)
        {
            throw new DaemonStartException($"state {path}: lmpd may not write in {Path.GetDirectoryName(path)}");
        }
        catch (IOException e)
        {
            throw new DaemonStartException($"state {path}: it cannot be locked ({e.Message}); does another lmpd use it?");
        }
    }
}
