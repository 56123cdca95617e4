using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests.Storage;

public class StateWriterTests
{
    [Fact]
    public async Task What_is_posted_during_a_write_goes_into_the_next_together()
    {
        var file = new FakeStateFile { IsBlocked = true };
        using var writer = new StateWriter(file);
        writer.Post([Change("a")], 1);
        await file.AttemptAsync(1);
        writer.Post([Change("b"), Change("c")], 3);
        writer.Post([Change("b", allocated: false)], 4);
        Assert.Equal(new StateProgress(0, 0, null), writer.Progress);

        file.IsBlocked = false;
        await Eventually.TrueAsync(() => writer.Progress.Durable == 4, () => $"{writer.Progress}");

        Assert.Equal(["a", "b c"], file.Written.Select(b => string.Join(' ', b.Cast<DataLinkRetained>().Select(c => c.Link.Name).Order(StringComparer.Ordinal))));
        Assert.Equal([false], file.Written[1].Cast<DataLinkRetained>().Where(c => c.Link.Name == "b").Select(c => c.Link.Allocated));
        Assert.Equal(3, file.Everything.Count);
    }

    [Fact]
    public async Task What_cannot_be_written_is_told_and_tried_again()
    {
        var file = new FakeStateFile { Problem = "the disk is full" };
        using var writer = new StateWriter(file, retry: TimeSpan.FromMilliseconds(5));
        writer.Post([Change("a")], 1);
        await Eventually.TrueAsync(() => writer.Progress == new StateProgress(0, 1, "the disk is full"), () => $"{writer.Progress}");
        await file.AttemptAsync(4);
        // What came later counts.
        writer.Post([Change("a", allocated: false), Change("b")], 3);
        file.Problem = null;
        await Eventually.TrueAsync(() => writer.Progress is { Durable: 3, Problem: null }, () => $"{writer.Progress}");
        Assert.Equal(["a False", "b True"], file.Everything.Cast<DataLinkRetained>().Select(c => $"{c.Link.Name} {c.Link.Allocated}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_first_change_is_written_before_anything_else_happens()
    {
        var file = new FakeStateFile();
        using var writer = new StateWriter(file, new RetainedState { DataLinks = [StateFiles.Allocated("known")] }, new MessageIdsReserved(5000));
        Assert.Equal([new MessageIdsReserved(5000)], Assert.Single(file.Written));
        Assert.Equal(2, file.Everything.Count);
    }

    [Fact]
    public void What_is_left_is_written_at_the_end()
    {
        var file = new FakeStateFile();
        using (var writer = new StateWriter(file)) writer.Post([Change("a")], 1);
        Assert.Single(file.Written);
        Assert.True(file.IsDisposed);
    }

    private static DataLinkRetained Change(string name, bool allocated = true) => new(StateFiles.Allocated(name) with { Allocated = allocated, Verified = true });
}
