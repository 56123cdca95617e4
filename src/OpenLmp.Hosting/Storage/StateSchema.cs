using System.Globalization;
using Microsoft.Data.Sqlite;

namespace OpenLmp.Hosting;

/// <summary>The tables of a state file, as the steps that lead to them. A step that has been released never changes; another one follows it. Each row ends
/// with its <see cref="RowSum"/>.</summary>
internal static class StateSchema
{
    /// <summary>Marks a SQLite database as a state file of lmpd: "LMPd".</summary>
    public const int ApplicationId = 0x4C4D5064;

    /// <summary>The steps: a file of version N has taken the first N of them.</summary>
    public static readonly IReadOnlyList<string> Migrations =
    [
        """
        CREATE TABLE node (
            one INTEGER PRIMARY KEY CHECK (one = 1),
            node_id TEXT NOT NULL,
            message_id_mark INTEGER,
            sum INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE te_link (
            name TEXT PRIMARY KEY,
            local_id TEXT NOT NULL,
            neighbor TEXT NOT NULL,
            remote_id TEXT NOT NULL,
            sum INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE data_link (
            name TEXT PRIMARY KEY,
            local_id TEXT NOT NULL,
            neighbor TEXT NOT NULL,
            remote_id TEXT,
            found_transmit TEXT,
            found_receive TEXT,
            verified INTEGER NOT NULL,
            allocated INTEGER NOT NULL,
            sum INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE control_channel_down (
            neighbor TEXT NOT NULL,
            id INTEGER NOT NULL,
            sum INTEGER NOT NULL,
            PRIMARY KEY (neighbor, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE cross_connect (
            a TEXT NOT NULL,
            b TEXT NOT NULL,
            sum INTEGER NOT NULL,
            PRIMARY KEY (a, b)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE trace (
            data_link TEXT NOT NULL,
            type TEXT NOT NULL,
            send TEXT,
            expect TEXT,
            sum INTEGER NOT NULL,
            PRIMARY KEY (data_link, type)
        ) STRICT, WITHOUT ROWID;
        """,
        """
        CREATE TABLE cross_connect_one_way (
            from_link TEXT NOT NULL,
            to_link TEXT NOT NULL,
            sum INTEGER NOT NULL,
            PRIMARY KEY (from_link, to_link)
        ) STRICT, WITHOUT ROWID;
        """,
    ];

    /// <summary>Brings a file's tables to the last version, in one transaction.</summary>
    /// <returns>The version it had; 0: there was nothing in it.</returns>
    /// <exception cref="StateFileDamagedException">Its version is newer.</exception>
    /// <exception cref="StateFileException">It is a database of something else.</exception>
    public static int Upgrade(SqliteConnection connection, IReadOnlyList<string> migrations)
    {
        var version = Number(connection, "PRAGMA user_version");
        var application = Number(connection, "PRAGMA application_id");
        var isEmpty = version == 0 && Number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
        if (!isEmpty && application != ApplicationId)
            throw new StateFileException("it is the database of another program; name another file, or move it away");
        if (version > migrations.Count)
            throw new StateFileDamagedException($"it was written by a newer lmpd (version {version} of its tables; this one knows {migrations.Count})");
        if (version == migrations.Count) return version;

        using var transaction = connection.BeginTransaction();
        for (var i = version; i < migrations.Count; i++) Execute(connection, migrations[i]);
        Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {migrations.Count}"));
        transaction.Commit();
        return version;
    }

    /// <summary>Runs SQL of our own.</summary>
    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers' texts are constants and numbers.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static int Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // As above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
