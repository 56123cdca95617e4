using OpenLmp.Cli.Lab;
using OpenLmp.Simulation;

namespace OpenLmp.Dashboard.Tests;

/// <summary>A lab with its web address, whose faults the test plants itself: what is on the screen stands until the test goes on.</summary>
internal sealed class Lab : IAsyncDisposable
{
    private const ushort Udp = 7731;

    private readonly LabNetwork _network;
    private readonly LabServer _server;
    private readonly string _directory;

    private Lab(LabNetwork network, LabServer server, string directory) => (_network, _server, _directory) = (network, server, directory);

    /// <summary>Where its dashboard is.</summary>
    public Uri Address => _server.Address;

    /// <summary>Starts the lab of a text, without its steps, and waits until its data links are verified and its light paths set up.</summary>
    public static async Task<Lab> StartAsync(string text)
    {
        var (topology, errors) = LabFileReader.Parse(text, "test");
        Assert.Empty(errors);
        topology = topology! with { Steps = [] };
        var directory = Directory.CreateTempSubdirectory("lmp-dashboard-").FullName;
        var network = await LabNetwork.StartAsync(topology, Udp, directory, CancellationToken.None);
        using var story = new StringWriter();
        var asPlanted = await new LabStory(network, topology, story).TellAsync(CancellationToken.None);
        Assert.True(asPlanted, story.ToString());
        return new Lab(network, await LabServer.StartAsync(network, port: 0, CancellationToken.None), directory);
    }

    /// <summary>The lab of that name among the examples.</summary>
    public static Task<Lab> OfExampleAsync(string name) => StartAsync(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Labs", $"{name}.yaml")));

    /// <summary>Something happens to the fibre between two ports, from the first to the second.</summary>
    public void Set(string from, string to, FibreCondition condition)
    {
        var link = _network.Topology.Links.Single(l => l.Ends.Any(e => e.Here.ToString() == from && e.There.ToString() == to));
        _network.Optics.SetCondition(new LabFibres([link], link.Ends.Single(e => e.Here.ToString() == from).Here, null), condition);
    }

    /// <summary>Stops a node's daemon and starts it again.</summary>
    public Task RestartAsync(string node) => _network.RestartAsync(_network.Topology.Nodes.Single(n => n.Name == node), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _network.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
