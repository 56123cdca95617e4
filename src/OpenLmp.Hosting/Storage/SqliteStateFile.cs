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

    // As the file has them.
    private NodeId _nodeId = nodeId;
    private uint? _mark;
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
            CheckIntegrity(connection);
            var stored = ReadTables(connection);
            _mark = stored?.MessageIdMark;
            return stored;
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

    /// <summary>Whether somebody has removed the file while it is in use: what is written to it now is nowhere.</summary>
    public bool IsGone => _connection is not null && !File.Exists(path);

    /// <inheritdoc/>
    public void Write(IReadOnlyCollection<RetainedChange> changes, IReadOnlyCollection<RetainedChange> everything)
    {
        try
        {
            var version = 1;
            var connection = _connection ?? Connect(out version);
            var (nodeId, mark) = (changes.OfType<NodeRenumbered>().LastOrDefault()?.NodeId ?? _nodeId, changes.OfType<MessageIdsReserved>().LastOrDefault()?.Mark ?? _mark);
            using var transaction = connection.BeginTransaction();
            if (version == 0 || (nodeId, mark) != (_nodeId, _mark)) Put(connection, "node", 1L, $"{nodeId}", (long?)mark);
            foreach (var change in version == 0 ? everything : changes) Apply(connection, change);
            transaction.Commit();
            (_nodeId, _mark) = (nodeId, mark);
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
        var node = Rows(connection, "node", "one, node_id, message_id_mark", r => (Id: Node(r, 1), Mark: r.IsDBNull(2) ? null : (uint?)r.GetInt64(2)));
        if (node is not [var (id, mark)]) return null;
        var state = new RetainedState
        {
            TeLinks = [.. Rows(connection, "te_link", "name, local_id, neighbor, remote_id",
                r => new RetainedTeLink(r.GetString(0), Link(r, 1), Node(r, 2), Link(r, 3)))],
            DataLinks = [.. Rows(connection, "data_link", "name, local_id, neighbor, remote_id, found_transmit, found_receive, verified, allocated",
                r => new RetainedDataLink(r.GetString(0), Link(r, 1), Node(r, 2))
                {
                    RemoteId = LinkOrNull(r, 3),
                    FoundTransmit = FarEndOrNull(r, 4),
                    FoundReceive = FarEndOrNull(r, 5),
                    Verified = r.GetInt64(6) != 0,
                    Allocated = r.GetInt64(7) != 0,
                })],
            ControlChannelsDown = [.. Rows(connection, "control_channel_down", "neighbor, id", r => new RetainedControlChannel(Node(r, 0), (uint)r.GetInt64(1)))],
            Traces = [.. Rows(connection, "trace", "data_link, type, send, expect",
                r => new RetainedTrace(r.GetString(0), Type(r, 1), r.IsDBNull(2) ? null : r.GetString(2), r.IsDBNull(3) ? null : r.GetString(3)))],
            CrossConnects =
            [
                .. Rows(connection, "cross_connect", "a, b", r => new CrossConnect(r.GetString(0), r.GetString(1))),
                .. Rows(connection, "cross_connect_one_way", "from_link, to_link", r => new CrossConnect(r.GetString(0), r.GetString(1), OneWay: true)),
            ],
        };
        return new StoredState(id, state, mark);
    }

    private static void Apply(SqliteConnection connection, RetainedChange change)
    {
        switch (change)
        {
            case DataLinkRetained { Link: var l }:
                Put(connection, "data_link", l.Name, $"{l.LocalId}", $"{l.Neighbor}", l.RemoteId?.ToString(), FarEndText(l.FoundTransmit), FarEndText(l.FoundReceive), l.Verified, l.Allocated);
                break;
            case DataLinkForgotten { Name: var name }:
                Run(connection, "DELETE FROM data_link WHERE name = $1", name);
                break;
            case TeLinkRetained { Link: var l }:
                Put(connection, "te_link", l.Name, $"{l.LocalId}", $"{l.Neighbor}", $"{l.RemoteId}");
                break;
            case TeLinkForgotten { Name: var name }:
                Run(connection, "DELETE FROM te_link WHERE name = $1", name);
                break;
            case ControlChannelAdministered { Channel: var c, Down: true }:
                Put(connection, "control_channel_down", $"{c.Neighbor}", (long)c.Id);
                break;
            case ControlChannelAdministered { Channel: var c }:
                Run(connection, "DELETE FROM control_channel_down WHERE neighbor = $1 AND id = $2", $"{c.Neighbor}", (long)c.Id);
                break;
            case CrossConnectChanged { CrossConnect: { OneWay: true } x, Connected: true }:
                Put(connection, "cross_connect_one_way", x.A, x.B);
                break;
            case CrossConnectChanged { CrossConnect: { OneWay: true } x }:
                Run(connection, "DELETE FROM cross_connect_one_way WHERE from_link = $1 AND to_link = $2", x.A, x.B);
                break;
            case CrossConnectChanged { CrossConnect: var x, Connected: true }:
                Put(connection, "cross_connect", x.A, x.B);
                break;
            case CrossConnectChanged { CrossConnect: var x }:
                Run(connection, "DELETE FROM cross_connect WHERE a = $1 AND b = $2", x.A, x.B);
                break;
            case TraceOrdered { Trace: { IsEmpty: true } t }:
                Run(connection, "DELETE FROM trace WHERE data_link = $1 AND type = $2", t.DataLink, TraceTypes.Name(t.Type));
                break;
            case TraceOrdered { Trace: var t }:
                Put(connection, "trace", t.DataLink, TraceTypes.Name(t.Type), t.Send, t.Expect);
                break;
            case MessageIdsReserved or NodeRenumbered:
                break;
            default:
                throw new NotSupportedException($"A change without a place in the state file: {change.GetType().Name}");
        }
    }

    private static void Put(SqliteConnection connection, string table, params ReadOnlySpan<object?> values)
    {
        var places = string.Join(", ", Enumerable.Range(1, values.Length + 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"${n}")));
        Run(connection, $"REPLACE INTO {table} VALUES ({places})", [.. values, RowSum.Of(table, values)]);
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

    private static List<T> Rows<T>(SqliteConnection connection, string table, string columns, Func<SqliteDataReader, T> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The callers' texts are constants.
        command.CommandText = $"SELECT {columns}, sum FROM {table} ORDER BY {columns}";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            var values = new object?[reader.FieldCount - 1];
            for (var i = 0; i < values.Length; i++) values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            if (RowSum.Of(table, values) != reader.GetInt64(values.Length)) throw new StateFileDamagedException($"it is damaged (a row of {table} does not fit its checksum)");
            rows.Add(read(reader));
        }

        return rows;
    }

    private static void CheckIntegrity(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(1)";
        if (command.ExecuteScalar() is string finding and not "ok") throw new StateFileDamagedException($"it is damaged ({finding})");
    }

    private static NodeId Node(SqliteDataReader row, int column) =>
        NodeId.TryParse(row.GetString(column), out var id) ? id : throw new StateFileDamagedException($"'{row.GetString(column)}' in it is no Node_Id");

    private static Identifier Link(SqliteDataReader row, int column) =>
        Identifier.TryParse(row.GetString(column), out var id) ? id : throw new StateFileDamagedException($"'{row.GetString(column)}' in it is no id of a link");

    private static Identifier? LinkOrNull(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : Link(row, column);

    // Node_Id, Interface_Id and, where it is known, Link_Id.
    private static string? FarEndText(RetainedFarEnd? end) =>
        end is null ? null : end.LinkId is { } linkId ? $"{end.Neighbor} {end.InterfaceId} {linkId}" : $"{end.Neighbor} {end.InterfaceId}";

    private static TraceType Type(SqliteDataReader row, int column)
    {
        foreach (var type in TraceTypes.All)
            if (type.Name == row.GetString(column)) return type.Value;
        throw new StateFileDamagedException($"'{row.GetString(column)}' in it is no trace type");
    }

    private static RetainedFarEnd? FarEndOrNull(SqliteDataReader row, int column)
    {
        if (row.IsDBNull(column)) return null;
        var text = row.GetString(column);
        var parts = text.Split(' ');
        if (parts.Length is 2 or 3 && NodeId.TryParse(parts[0], out var node) && Identifier.TryParse(parts[1], out var interfaceId))
        {
            if (parts.Length == 2) return new RetainedFarEnd(node, interfaceId);
            if (Identifier.TryParse(parts[2], out var linkId)) return new RetainedFarEnd(node, interfaceId, linkId);
        }

        throw new StateFileDamagedException($"'{text}' in it is no end of a data link");
    }
}
