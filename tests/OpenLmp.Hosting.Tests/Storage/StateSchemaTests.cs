using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Storage;

/// <summary>State files of earlier versions stay readable for ever. The tables are written here a second time, as they were released.</summary>
public class StateSchemaTests
{
    private const string Version1 = """
        PRAGMA application_id = 0x4C4D5064;
        PRAGMA user_version = 1;
        CREATE TABLE node (one INTEGER PRIMARY KEY CHECK (one = 1), node_id TEXT NOT NULL, message_id_mark INTEGER, sum INTEGER NOT NULL) STRICT;
        CREATE TABLE te_link (name TEXT PRIMARY KEY, local_id TEXT NOT NULL, neighbor TEXT NOT NULL, remote_id TEXT NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE data_link (name TEXT PRIMARY KEY, local_id TEXT NOT NULL, neighbor TEXT NOT NULL, remote_id TEXT, found_transmit TEXT, found_receive TEXT, verified INTEGER NOT NULL, allocated INTEGER NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE control_channel_down (neighbor TEXT NOT NULL, id INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (neighbor, id)) STRICT, WITHOUT ROWID;
        CREATE TABLE cross_connect (a TEXT NOT NULL, b TEXT NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID;
        INSERT INTO node VALUES (1, '10.0.0.1', 4294967295, 3710212414349090178);
        INSERT INTO te_link VALUES ('te1', '1', '10.0.0.2', '2', -1602140284826860601);
        INSERT INTO data_link VALUES ('te1-1', '101', '10.0.0.2', NULL, NULL, NULL, 0, 1, -3181023923478159558);
        INSERT INTO data_link VALUES ('te1-2', '192.0.2.1', '10.0.0.2', '192.0.2.2', '10.0.0.2 192.0.2.2 2', NULL, 1, 0, 8854969890261258971);
        INSERT INTO data_link VALUES ('te1-3', '2001:db8::1', '10.0.0.2', NULL, NULL, '10.0.0.1 2001:db8::2', 0, 0, 137658496683323146);
        INSERT INTO control_channel_down VALUES ('10.0.0.2', 4294967295, 163412426678270841);
        INSERT INTO cross_connect VALUES ('te1-1', 'te2-1', 3504948780047868563);
        """;

    private const string Version2 = Version1 + """

        CREATE TABLE trace (data_link TEXT NOT NULL, type TEXT NOT NULL, send TEXT, expect TEXT, sum INTEGER NOT NULL, PRIMARY KEY (data_link, type)) STRICT, WITHOUT ROWID;
        PRAGMA user_version = 2;
        """;

    [Theory]
    [InlineData(Version1)]
    [InlineData(Version2)]
    public void A_file_of_an_earlier_version_is_read_and_goes_on(string tables)
    {
        using var released = new StateFiles();
        released.Sql(tables);
        using var now = new StateFiles();
        now.Write([.. StateFiles.Everything.Where(c => c is not (TraceOrdered or CrossConnectChanged { CrossConnect.OneWay: true }))]);
        Assert.Equal(now.Read(), released.Read());

        var oneWay = new CrossConnect("te2-3", "te1-3", OneWay: true);
        released.Write(new CrossConnectChanged(oneWay, Connected: true));
        Assert.Contains(oneWay, released.Read()!.State.CrossConnects);

        released.Write(new TraceOrdered(new RetainedTrace("te1-1", TraceType.SonetJ1, null, "LYON")));
        Assert.Equal([new RetainedTrace("te1-1", TraceType.SonetJ1, null, "LYON")], released.Read()!.State.Traces);
        released.Write(new TraceOrdered(new RetainedTrace("te1-1", TraceType.SonetJ1, null, null)));
        Assert.Empty(released.Read()!.State.Traces);
        released.Write(new DataLinkForgotten("te1-1", StateFiles.Neighbor));
        Assert.Equal(["te1-2", "te1-3"], released.Read()!.State.DataLinks.Select(l => l.Name));
    }

    [Fact]
    public void From_every_version_to_the_last()
    {
        string[] migrations =
        [
            .. StateSchema.Migrations,
            "CREATE TABLE later (x INTEGER) STRICT; INSERT INTO later VALUES (1)",
            "ALTER TABLE later ADD COLUMN y INTEGER NOT NULL DEFAULT 7",
        ];
        for (var from = StateSchema.Migrations.Count; from <= migrations.Length; from++)
        {
            using var files = new StateFiles();
            using (var file = new SqliteStateFile(files.Path, StateFiles.Us, migrations[..from])) file.Write(StateFiles.Everything, StateFiles.Everything);
            Assert.Equal(3, new SqliteStateFile(files.Path, StateFiles.Us, migrations).ReadAndClose()!.State.DataLinks.Count);
            // Each step was taken once: the table would be there already, or the row twice.
            files.Sql("CREATE TABLE check_ (one INTEGER CHECK (one = 8)) STRICT; INSERT INTO check_ SELECT x + y FROM later");
            Assert.Equal(3, new SqliteStateFile(files.Path, StateFiles.Us, migrations).ReadAndClose()!.State.DataLinks.Count);
        }
    }

    [Fact]
    public void A_step_that_fails_leaves_the_file_as_it_was()
    {
        using var files = new StateFiles();
        files.Write(StateFiles.Everything);
        string[] broken = [.. StateSchema.Migrations, "CREATE TABLE half (x INTEGER); CREATE TABLE node (again INTEGER)"];
        Assert.Throws<StateFileDamagedException>(() => new SqliteStateFile(files.Path, StateFiles.Us, broken).ReadAndClose());
        Assert.Equal(3, files.Read()!.State.DataLinks.Count);
        files.Sql("CREATE TABLE half (x INTEGER)");
    }
}
