using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Storage;

/// <summary>A directory for a state file, and what is written to one.</summary>
internal sealed class StateFiles : IDisposable
{
    public static readonly NodeId Us = new(0x0A000001);
    public static readonly NodeId Neighbor = new(0x0A000002);

    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("lmpd-state-");

    public string Directory => _directory.FullName;

    public string Path => System.IO.Path.Combine(Directory, "lmpd.db");

    /// <summary>Files that were kept aside.</summary>
    public IReadOnlyList<string> Aside => [.. System.IO.Directory.GetFiles(Directory, "lmpd.db.2*").Where(f => !f.EndsWith("-journal", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>One change of each kind.</summary>
    public static IReadOnlyList<RetainedChange> Everything =>
    [
        new TeLinkRetained(new RetainedTeLink("te1", Identifier.Unnumbered(1), Neighbor, Identifier.Unnumbered(2))),
        new DataLinkRetained(Allocated("te1-1")),
        new DataLinkRetained(new RetainedDataLink("te1-2", Id("192.0.2.1"), Neighbor) { RemoteId = Id("192.0.2.2"), FoundTransmit = new RetainedFarEnd(Neighbor, Id("192.0.2.2"), Id("2")), Verified = true }),
        new DataLinkRetained(new RetainedDataLink("te1-3", Id("2001:db8::1"), Neighbor) { FoundReceive = new RetainedFarEnd(Us, Id("2001:db8::2")) }),
        new ControlChannelAdministered(new RetainedControlChannel(Neighbor, uint.MaxValue), Down: true),
        new CrossConnectChanged(new CrossConnect("te1-1", "te2-1"), Connected: true),
        new CrossConnectChanged(new CrossConnect("te2-3", "te1-3", OneWay: true), Connected: true),
        new TraceOrdered(new RetainedTrace("te1-1", TraceType.SonetJ0, "PARIS", null)),
        new TraceOrdered(new RetainedTrace("te1-1", TraceType.SdhJ2, "it's", "LYON")),
        new MessageIdsReserved(uint.MaxValue),
    ];

    public static RetainedDataLink Allocated(string name, uint id = 101) => new(name, Identifier.Unnumbered(id), Neighbor) { Allocated = true };

    public static Identifier Id(string id) => Identifier.TryParse(id, out var parsed) ? parsed : throw new ArgumentException(id);

    public StateStore Open(NodeId? nodeId = null) => StateStore.Open(Path, nodeId ?? Us, NullLogger.Instance, TimeProvider.System);

    public void Write(params IReadOnlyList<RetainedChange> changes)
    {
        using var store = Open();
        store.Write(changes, changes);
    }

    public StoredState? Read()
    {
        using var store = Open();
        Assert.Null(store.Lost);
        return store.Stored;
    }

    /// <summary>Runs SQL on the file, as another program would.</summary>
    public void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests' own texts.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
