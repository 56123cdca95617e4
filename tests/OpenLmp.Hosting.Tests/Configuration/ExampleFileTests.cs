namespace OpenLmp.Hosting.Tests;

/// <summary>The examples in the tree work as they are.</summary>
public class ExampleFileTests
{
    private static readonly string Examples = Path.Combine(Tree.Root, "examples");

    [Fact]
    public void Every_example_is_right()
    {
        // oxc1, ols1 and so on: beside them may be a plan of the cabling.
        string[] files =
        [
            .. new[] { "two-nodes", "two-namespaces", "line-system" }.SelectMany(d => Directory.EnumerateFiles(Path.Combine(Examples, d), "o*.yaml", SearchOption.AllDirectories)),
            Path.Combine(Examples, "complete.yaml"),
        ];

        Assert.Equal(7, files.Length);
        foreach (var file in files)
        {
            var result = ConfigurationReader.Load(file);
            Assert.Empty(result.Errors);
            Assert.Empty(result.Warnings);
        }
    }

    [Fact]
    public void The_complete_example_is_complete() =>
        Assert.Equal(CompleteExample.Text, File.ReadAllText(Path.Combine(Examples, "complete.yaml")).TrimEnd('\n'));

    [Theory]
    [InlineData("two-nodes")]
    [InlineData("two-namespaces")]
    public void The_two_nodes_fit_each_other(string directory)
    {
        var one = ConfigurationReader.Load(Path.Combine(Examples, directory, "oxc1.yaml")).Configuration!;
        var two = ConfigurationReader.Load(Path.Combine(Examples, directory, "oxc2.yaml")).Configuration!;

        FitsEnd(one, two);
        FitsEnd(two, one);
        Assert.NotEqual(one.Api.SocketPath, two.Api.SocketPath);
        Assert.All([one, two], c => Assert.StartsWith("/tmp/openlmp-", c.Api.SocketPath));
    }

    private static void FitsEnd(DaemonConfiguration here, DaemonConfiguration there)
    {
        var neighbor = Assert.Single(here.Node.Neighbors);
        Assert.Equal((there.Node.Name, there.Node.NodeId), (neighbor.Name, neighbor.NodeId));
        Assert.Equal(there.Listen.Single(), Assert.Single(neighbor.ControlChannels).Remote);
        foreach (var (mine, theirs) in here.Node.TeLinks.Zip(there.Node.TeLinks))
        {
            Assert.Equal(theirs.LocalId, mine.RemoteId);
            Assert.Equal(theirs.DataLinks.Select(d => d.LocalId), mine.DataLinks.Select(d => d.RemoteId!.Value));
        }
    }
}
