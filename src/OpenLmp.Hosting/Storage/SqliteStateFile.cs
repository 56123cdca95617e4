using System.Globalization;
using Microsoft.Data.Sqlite;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>What a state file holds.</summary>
/// <param name="NodeId">Whose state it is.</param>
/// <param name="State">The state.</param>
/// <param name="MessageIdMark">Where Message_Ids go on; null: none were used.</param>
internal sealed record StoredState(NodeId NodeId, RetainedState State, uint? MessageIdMark);

/// <summary>
/// A state file in SQLite's format. Each write is one transaction with a rollback journal and a full sync: a crash or loss of power leaves the
/// state before or after it. The journal stays between writes, so that a full disk has room for it.
/// </summary>
/// <param name="path">The file; made when it is first written to.</param>
/// <param name="nodeId">Whose state it is to be.</param>
/// <param name="migrations">The steps to the tables; null: <see cref="StateSchema.Migrations"/>.</param>
internal sealed class SqliteStateFile(string path, NodeId nodeId, IReadOnlyList<string>? migrations = null) : IStateFile
{
    // How long another program, such as a backup, may keep us from writing.
    private const int BusySeconds = 5;

    private NodeId _nodeId = nodeId;
    private SqliteConnection? _connection;

    /// <summary>Reads the file.</summary>
    /// <returns>Null if there is none, or nothing in it.</returns>
    /// <exception cref="StateFileDamagedException">It cannot be understood.</exception>
    /// <exception cref="StateFileException">It cannot be read.</exception>
    public StoredState? Read()
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0) return null;
        try
        {
            var connection = Connect(out var version);
            if (version == 0) return null;
            foreach (var finding in Rows(connection, "PRAGMA integrity_check(1)", r => r.GetString(0)))
                if (finding != "ok") throw new StateFileDamagedException($"it is damaged ({finding})");
            return ReadTables(connection);
        }
        catch (SqliteException e)
        {
            Close();
            throw SqliteErrors.Translate(e);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Write(IReadOnlyCollection<RetainedChange> changes, IReadOnlyCollection<RetainedChange> everything)
    {
        try
        {
            var version = 1;
            var connection = _connection ?? Connect(out version);
            using var transaction = connection.BeginTransaction();
            Run(connection, "INSERT OR IGNORE INTO node (one, node_id) VALUES (1, $1)", _nodeId.ToString());
            foreach (var change in version == 0 ? everything : changes) Apply(connection, change);
            transaction.Commit();
            foreach (var change in changes)
                if (change is NodeRenumbered renumbered) _nodeId = renumbered.NodeId;
        }
        catch (SqliteException e)
        {
            // Whatever is wrong with the connection or the file, it is opened anew.
            Close();
            throw SqliteErrors.Translate(e);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Closes the file; the next use opens it again.</summary>
    public void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private SqliteConnection Connect(out int version)
    {
        CreatePrivate();
        var name = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = BusySeconds };
        _connection = new SqliteConnection(name.ToString());
        _connection.Open();
        StateSchema.Execute(_connection, "PRAGMA journal_mode = PERSIST; PRAGMA synchronous = EXTRA");
        version = StateSchema.Upgrade(_connection, migrations ?? StateSchema.Migrations);
        return _connection;
    }

    // Who can write it decides what is allocated: nobody else reads or writes it. The journal gets the same permissions from SQLite.
    private void CreatePrivate()
    {
        try
        {
            PrivateFile.Prepare(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StateFileException(e.Message, e);
        }
    }

    private static StoredState? ReadTables(SqliteConnection connection)
    {
        var node = Rows(connection, "SELECT node_id, message_id_mark FROM node", r => (Id: Node(r, 0), Mark: r.IsDBNull(1) ? null : (uint?)r.GetInt64(1)));
        if (node is not [var (id, mark)]) return null;
        var state = new RetainedState
        {
            TeLinks = [.. Rows(connection, "SELECT name, local_id, neighbor, remote_id FROM te_link ORDER BY name",
                r => new RetainedTeLink(r.GetString(0), Link(r, 1), Node(r, 2), Link(r, 3)))],
            DataLinks = [.. Rows(connection, "SELECT name, local_id, neighbor, remote_id, found_transmit, found_receive, verified, allocated FROM data_link ORDER BY name",
                r => new RetainedDataLink(r.GetString(0), Link(r, 1), Node(r, 2))
                {
                    RemoteId = LinkOrNull(r, 3),
                    FoundTransmit = LinkOrNull(r, 4),
                    FoundReceive = LinkOrNull(r, 5),
                    Verified = r.GetInt64(6) != 0,
                    Allocated = r.GetInt64(7) != 0,
                })],
            ControlChannelsDown = [.. Rows(connection, "SELECT neighbor, id FROM control_channel_down ORDER BY neighbor, id",
                r => new RetainedControlChannel(Node(r, 0), (uint)r.GetInt64(1)))],
            CrossConnects = [.. Rows(connection, "SELECT a, b FROM cross_connect ORDER BY a, b", r => new RetainedCrossConnect(r.GetString(0), r.GetString(1)))],
        };
        return new StoredState(id, state, mark);
    }

    private static void Apply(SqliteConnection connection, RetainedChange change)
    {
        switch (change)
        {
            case DataLinkRetained { Link: var l }:
                Run(connection, "REPLACE INTO data_link (name, local_id, neighbor, remote_id, found_transmit, found_receive, verified, allocated) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                    l.Name, $"{l.LocalId}", $"{l.Neighbor}", l.RemoteId?.ToString(), l.FoundTransmit?.ToString(), l.FoundReceive?.ToString(), l.Verified, l.Allocated);
                break;
            case DataLinkForgotten { Name: var name }:
                Run(connection, "DELETE FROM data_link WHERE name = $1", name);
                break;
            case TeLinkRetained { Link: var l }:
                Run(connection, "REPLACE INTO te_link (name, local_id, neighbor, remote_id) VALUES ($1, $2, $3, $4)", l.Name, $"{l.LocalId}", $"{l.Neighbor}", $"{l.RemoteId}");
                break;
            case TeLinkForgotten { Name: var name }:
                Run(connection, "DELETE FROM te_link WHERE name = $1", name);
                break;
            case ControlChannelAdministered { Channel: var c, Down: true }:
                Run(connection, "REPLACE INTO control_channel_down (neighbor, id) VALUES ($1, $2)", $"{c.Neighbor}", (long)c.Id);
                break;
            case ControlChannelAdministered { Channel: var c }:
                Run(connection, "DELETE FROM control_channel_down WHERE neighbor = $1 AND id = $2", $"{c.Neighbor}", (long)c.Id);
                break;
            case CrossConnectChanged { CrossConnect: var x, Connected: true }:
                Run(connection, "REPLACE INTO cross_connect (a, b) VALUES ($1, $2)", x.A, x.B);
                break;
            case CrossConnectChanged { CrossConnect: var x }:
                Run(connection, "DELETE FROM cross_connect WHERE a = $1 AND b = $2", x.A, x.B);
                break;
            case MessageIdsReserved { Mark: var mark }:
                Run(connection, "UPDATE node SET message_id_mark = $1", (long)mark);
                break;
            case NodeRenumbered { NodeId: var id }:
                Run(connection, "UPDATE node SET node_id = $1", $"{id}");
                break;
            default:
                throw new NotSupportedException($"A change without a place in the state file: {change.GetType().Name}");
        }
    }

    private static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers' texts are constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i] ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private static List<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers' texts are constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private static NodeId Node(SqliteDataReader row, int column) =>
        NodeId.TryParse(row.GetString(column), out var id) ? id : throw new StateFileDamagedException($"'{row.GetString(column)}' in it is no Node_Id");

    private static Identifier Link(SqliteDataReader row, int column) =>
        Identifier.TryParse(row.GetString(column), out var id) ? id : throw new StateFileDamagedException($"'{row.GetString(column)}' in it is no id of a link");

    private static Identifier? LinkOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Link(row, column);
}
