using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Storage;

public class StateFileTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        using var files = new StateFiles();
        Assert.Null(files.Read());
        files.Write(StateFiles.Everything);

        var stored = files.Read()!;

        Assert.Equal((StateFiles.Us, uint.MaxValue), (stored.NodeId, stored.MessageIdMark));
        Assert.Equal(StateFiles.Everything.OfType<TeLinkRetained>().Select(c => c.Link), stored.State.TeLinks);
        Assert.Equal(StateFiles.Everything.OfType<DataLinkRetained>().Select(c => c.Link), stored.State.DataLinks);
        Assert.Equal([new RetainedControlChannel(StateFiles.Neighbor, uint.MaxValue)], stored.State.ControlChannelsDown);
        Assert.Equal([new CrossConnect("te1-1", "te2-1"), new CrossConnect("te2-3", "te1-3", OneWay: true)], stored.State.CrossConnects);
    }

    [Fact]
    public void What_is_forgotten_is_gone()
    {
        using var files = new StateFiles();
        files.Write(StateFiles.Everything);
        files.Write(
            new TeLinkForgotten("te1", StateFiles.Neighbor),
            new DataLinkForgotten("te1-1", StateFiles.Neighbor),
            new DataLinkForgotten("te1-2", StateFiles.Neighbor),
            new DataLinkForgotten("te1-3", StateFiles.Neighbor),
            new ControlChannelAdministered(new RetainedControlChannel(StateFiles.Neighbor, uint.MaxValue), Down: false),
            new TraceOrdered(new RetainedTrace("te1-1", TraceType.SonetJ0, null, null)),
            new TraceOrdered(new RetainedTrace("te1-1", TraceType.SdhJ2, null, null)),
            new CrossConnectChanged(new CrossConnect("te1-1", "te2-1"), Connected: false),
            new CrossConnectChanged(new CrossConnect("te2-3", "te1-3", OneWay: true), Connected: false));
        Assert.Equal(new StoredState(StateFiles.Us, new RetainedState(), uint.MaxValue), files.Read());
    }

    [Fact]
    public void The_last_word_about_a_link_counts()
    {
        using var files = new StateFiles();
        files.Write(new DataLinkRetained(StateFiles.Allocated("te1-1")));
        var released = StateFiles.Allocated("te1-1") with { Allocated = false, Verified = true };
        files.Write(new DataLinkRetained(released));
        Assert.Equal([released], files.Read()!.State.DataLinks);
    }

    [Fact]
    public void A_write_that_fails_half_way_has_changed_nothing()
    {
        using var files = new StateFiles();
        files.Write(new DataLinkRetained(StateFiles.Allocated("te1-1")));
        using (var store = files.Open())
        {
            IReadOnlyList<RetainedChange> changes = [new DataLinkRetained(StateFiles.Allocated("te1-2")), new Unknown()];
            Assert.Throws<NotSupportedException>(() => store.Write(changes, changes));
            // And the next one is not disturbed by it.
            changes = [new DataLinkRetained(StateFiles.Allocated("te1-3"))];
            store.Write(changes, changes);
        }

        Assert.Equal(["te1-1", "te1-3"], files.Read()!.State.DataLinks.Select(l => l.Name));
    }

    [Fact]
    public void Nobody_else_reads_or_writes_the_files()
    {
        if (OperatingSystem.IsWindows()) return;
        using var files = new StateFiles();
        File.WriteAllBytes(files.Path, []);
        File.SetUnixFileMode(files.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        files.Write(StateFiles.Everything);
        var all = Directory.GetFiles(files.Directory);
        Assert.Contains($"{files.Path}-journal", all);
        Assert.Contains($"{files.Path}.lock", all);
        foreach (var file in all) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_backup_can_be_made_while_the_file_is_in_use()
    {
        using var files = new StateFiles();
        using var store = files.Open();
        store.Write(StateFiles.Everything, StateFiles.Everything);
        var copy = Path.Combine(files.Directory, "copy.db");
        files.Sql($"VACUUM INTO '{copy}'");
        Assert.Equal(3, new SqliteStateFile(copy, StateFiles.Us).ReadAndClose()!.State.DataLinks.Count);
    }

    [Fact]
    public void A_node_that_is_renumbered_keeps_its_file()
    {
        using var files = new StateFiles();
        var other = new NodeId(0x0A000009);
        files.Write(StateFiles.Everything);
        files.Write(new NodeRenumbered(other));
        using var store = files.Open(other);
        Assert.Equal(other, store.Stored!.NodeId);
    }

    private sealed record Unknown : RetainedChange
    {
        public override string Key => "unknown";
    }
}

internal static class StateFileReading
{
    public static StoredState? ReadAndClose(this SqliteStateFile file)
    {
        using (file) return file.Read();
    }
}
