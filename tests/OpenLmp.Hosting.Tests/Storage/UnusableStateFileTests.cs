using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting.Tests.Storage;

/// <summary>Files that cannot be used: kept aside where they are damaged, refused where they are somebody else's.</summary>
public class UnusableStateFileTests
{
    [Fact]
    public void Whatever_is_damaged_the_state_is_whole_or_the_file_kept_aside()
    {
        using var original = new StateFiles();
        original.Write(StateFiles.Everything);
        var whole = original.Read();
        var bytes = File.ReadAllBytes(original.Path);
        var random = new Random(20251122);
        var (read, lost) = (0, 0);
        for (var i = 0; i < 60; i++)
        {
            using var files = new StateFiles();
            var damaged = (byte[])bytes.Clone();
            if (i % 3 == 0) damaged = damaged[..random.Next(1, damaged.Length)];
            else random.NextBytes(damaged.AsSpan(random.Next(damaged.Length - 600), i % 3 == 1 ? 100 : 600));
            File.WriteAllBytes(files.Path, damaged);

            using var store = Open(files);
            if (store is null) continue;
            if (store.Lost is null)
            {
                read++;
                Assert.Equal(whole, store.Stored);
                continue;
            }

            lost++;
            Assert.Null(store.Stored);
            Assert.Equal(damaged, File.ReadAllBytes(Assert.Single(files.Aside)));
            Assert.Contains(files.Aside[0], store.Lost, StringComparison.Ordinal);
            store.Write(StateFiles.Everything, StateFiles.Everything);
            store.Dispose();
            Assert.Equal(whole, files.Read());
        }

        Assert.True(lost > 20, $"{lost} lost, {read} read");
    }

    [Theory]
    [InlineData("these are no tables, and have never been any; a long enough text to look at")]
    [InlineData("short")]
    public void A_file_of_something_else_than_tables_is_kept_aside(string text)
    {
        using var files = new StateFiles();
        File.WriteAllText(files.Path, text);
        using (var store = files.Open())
        {
            Assert.StartsWith($"{files.Path}: it is no state file; it is kept as ", store.Lost, StringComparison.Ordinal);
            store.Write(StateFiles.Everything, StateFiles.Everything);
        }

        Assert.Equal(text, File.ReadAllText(Assert.Single(files.Aside)));
        Assert.NotNull(files.Read());
    }

    [Fact]
    public void Files_kept_aside_within_a_second_do_not_overwrite_one_another()
    {
        using var files = new StateFiles();
        foreach (var text in (string[])["first", "second", "third"])
        {
            File.WriteAllText(files.Path, text);
            files.Open().Dispose();
        }

        Assert.Equal(["first", "second", "third"], files.Aside.Select(File.ReadAllText).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_file_of_a_newer_lmpd_is_kept_aside()
    {
        using var files = new StateFiles();
        files.Write(StateFiles.Everything);
        var bytes = File.ReadAllBytes(files.Path);
        bytes[63] = 99; // The last byte of SQLite's user version.
        File.WriteAllBytes(files.Path, bytes);
        using var store = files.Open();
        Assert.Contains("written by a newer lmpd (version 99", store.Lost, StringComparison.Ordinal);
        // Its journal goes with it: it would be taken for that of the next file.
        Assert.True(File.Exists($"{Assert.Single(files.Aside)}-journal"));
        Assert.False(File.Exists($"{files.Path}-journal"));
    }

    [Fact]
    public void A_row_that_was_changed_is_damage()
    {
        using var files = new StateFiles();
        files.Write(StateFiles.Everything);
        files.Sql("UPDATE data_link SET allocated = 0 WHERE name = 'te1-1'");
        using var store = files.Open();
        Assert.Contains("a row of data_link does not fit its checksum", store.Lost, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_damaged_while_in_use_is_written_anew_with_all_there_is()
    {
        using var files = new StateFiles();
        using (var store = files.Open())
        {
            store.Write(StateFiles.Everything, StateFiles.Everything);
            File.WriteAllText(files.Path, "damaged beyond recognition, while the daemon runs");
            RetainedChange[] more = [new DataLinkRetained(StateFiles.Allocated("te1-9"))];
            store.Write(more, [.. StateFiles.Everything, .. more]);
        }

        Assert.Single(files.Aside);
        Assert.Equal(["te1-1", "te1-2", "te1-3", "te1-9"], files.Read()!.State.DataLinks.Select(l => l.Name));
    }

    [Fact]
    public void A_file_that_is_removed_while_in_use_is_written_anew_with_all_there_is()
    {
        using var files = new StateFiles();
        using (var store = files.Open())
        {
            store.Write(StateFiles.Everything, StateFiles.Everything);
            File.Delete(files.Path);
            RetainedChange[] more = [new DataLinkRetained(StateFiles.Allocated("te1-9"))];
            store.Write(more, [.. StateFiles.Everything, .. more]);
        }

        Assert.Equal(4, files.Read()!.State.DataLinks.Count);
    }

    [Fact]
    public void Another_nodes_file_is_refused_and_left_alone()
    {
        using var files = new StateFiles();
        files.Write(StateFiles.Everything);
        var error = Assert.Throws<DaemonStartException>(() => files.Open(new NodeId(0x0A000009)));
        Assert.Equal($"state {files.Path}: it is the state of node 10.0.0.1, this is 10.0.0.9; name another file, or move it away", error.Message);
        Assert.Equal(3, files.Read()!.State.DataLinks.Count);
    }

    [Fact]
    public void Another_programs_database_is_refused_and_left_alone()
    {
        using var files = new StateFiles();
        files.Sql("CREATE TABLE bookmarks (url TEXT)");
        var error = Assert.Throws<DaemonStartException>(() => files.Open());
        Assert.Equal($"state {files.Path}: it is the database of another program; name another file, or move it away", error.Message);
        Assert.Empty(files.Aside);
    }

    [Fact]
    public void Two_daemons_do_not_use_one_file()
    {
        using var files = new StateFiles();
        using (files.Open())
        {
            var error = Assert.Throws<DaemonStartException>(() => files.Open());
            Assert.EndsWith("does another lmpd use it?", error.Message, StringComparison.Ordinal);
        }

        files.Open().Dispose();
    }

    [Fact]
    public void A_missing_directory_is_told()
    {
        using var files = new StateFiles();
        var path = Path.Combine(files.Directory, "missing", "lmpd.db");
        var error = Assert.Throws<DaemonStartException>(
            () => StateStore.Open(path, StateFiles.Us, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, TimeProvider.System));
        Assert.Equal($"state {path}: there is no directory {Path.GetDirectoryName(path)}; make it, or name another file", error.Message);
    }

    // Damage can also make another node of this one, or another program's file of ours: refused, and left alone.
    private static StateStore? Open(StateFiles files)
    {
        try
        {
            return files.Open();
        }
        catch (DaemonStartException)
        {
            Assert.Empty(files.Aside);
            return null;
        }
    }
}
