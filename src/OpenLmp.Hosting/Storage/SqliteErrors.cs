using Microsoft.Data.Sqlite;

namespace OpenLmp.Hosting;

/// <summary>SQLite's errors in an operator's words.</summary>
internal static class SqliteErrors
{
    // SQLite's primary result codes (https://sqlite.org/rescode.html).
    private const int Permission = 3;
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Mismatch = 20;
    private const int NotADatabase = 26;
    private const int Error = 1;

    /// <summary>What to do where <see cref="HasLibrary"/> is false.</summary>
    public const string NoLibrary = "SQLite is not there; libe_sqlite3.so belongs beside the executable, where build.sh puts it";

    /// <summary>SQLite itself is no part of an executable, and an executable is easily copied alone.</summary>
    public static bool HasLibrary { get; } = FindLibrary();

    /// <summary>What an error means for the state file.</summary>
    public static StateFileException Translate(SqliteException e) => e.SqliteErrorCode switch
    {
        Full => new StateFileException("the disk is full; make room on it", e),
        ReadOnly => new StateFileException("it cannot be written to: its file system is read-only, or the file was moved", e),
        Busy => new StateFileException("another program keeps it locked", e),
        Permission or CannotOpen => new StateFileException("it cannot be opened; does its directory exist, and may lmpd write there?", e),
        NotADatabase => new StateFileDamagedException("it is no state file", e),
        // A missing table or column is damage, too: the SQL is ours.
        Corrupt or Mismatch or Error => new StateFileDamagedException($"it is damaged ({e.Message})", e),
        _ => new StateFileException($"it cannot be read or written ({e.Message})", e),
    };

    private static bool FindLibrary()
    {
        try
        {
            SQLitePCL.Batteries_V2.Init();
            return SQLitePCL.raw.sqlite3_libversion_number() > 0;
        }
        catch (Exception e) when (e.GetBaseException() is DllNotFoundException)
        {
            return false;
        }
    }
}
