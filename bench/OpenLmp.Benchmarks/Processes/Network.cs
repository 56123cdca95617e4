namespace OpenLmp.Benchmarks;

/// <summary>
/// Two network namespaces of our own and a veth pair between them. Each side owns 10.SIDE.0.0/16 as a whole and reaches the other's by one next hop:
/// thousands of pairs of addresses without thousands of addresses to configure and ARP entries to keep (the kernel keeps 1,024).
/// </summary>
internal sealed class Network : IAsyncDisposable
{
    private Network()
    {
    }

    public string Left { get; } = $"lmpbench-l-{Environment.ProcessId}";

    public string Right { get; } = $"lmpbench-r-{Environment.ProcessId}";

    /// <summary>Address <paramref name="index"/> of a side, 1 (left) or 2 (right).</summary>
    public static string Address(int side, int index) => $"10.{side}.{index / 250}.{(index % 250) + 1}";

    /// <summary>Makes the namespaces.</summary>
    /// <param name="stopping">Ends the attempt.</param>
    /// <param name="dataLinks">How many more veth pairs there are between them: d1, d2, ...</param>
    public static async Task<Network> CreateAsync(CancellationToken stopping, int dataLinks = 0)
    {
        var network = new Network();
        try
        {
            foreach (var name in (string[])[network.Left, network.Right])
            {
                await Ip("netns", "add", name);
                // Its neighbour discovery would be counted as packets.
                await Ip("netns", "exec", name, "sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/default/disable_ipv6 2>/dev/null || true");
            }

            await Ip("-n", network.Left, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", network.Right);
            for (var i = 1; i <= dataLinks; i++) await Ip("-n", network.Left, "link", "add", $"d{i}", "type", "veth", "peer", "name", $"d{i}", "netns", network.Right);
            foreach (var (name, side) in ((string, int)[])[(network.Left, 1), (network.Right, 2)])
            {
                await Ip("-n", name, "link", "set", "lo", "up");
                await Ip("-n", name, "address", "add", $"10.0.0.{side}/24", "dev", "eth0");
                await Ip("-n", name, "link", "set", "eth0", "up");
                for (var i = 1; i <= dataLinks; i++) await Ip("-n", name, "link", "set", $"d{i}", "up");
                await Ip("-n", name, "route", "add", "local", $"10.{side}.0.0/16", "dev", "lo");
                await Ip("-n", name, "route", "add", $"10.{3 - side}.0.0/16", "via", $"10.0.0.{3 - side}");
            }

            // A new veth carries nothing until the kernel has told of its carrier, up to a second later.
            foreach (var name in (string[])[network.Left, network.Right])
            {
                while ((await Ip("-n", name, "-o", "link", "show", "up", "type", "veth")).Split('\n', StringSplitOptions.RemoveEmptyEntries) is var links
                    && (links.Length < dataLinks + 1 || !links.All(l => l.Contains(" state UP ", StringComparison.Ordinal))))
                    await Task.Delay(20, stopping);
            }

            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }

        Task<string> Ip(params string[] arguments) => Child.RunAsync("ip", arguments, stopping);
    }

    /// <summary>The command that runs another one in a namespace, as the same process.</summary>
    public static IEnumerable<string> In(string name, params IEnumerable<string> command) => ["ip", "netns", "exec", name, .. command];

    public async ValueTask DisposeAsync()
    {
        foreach (var name in (string[])[Left, Right])
            if (File.Exists($"/run/netns/{name}")) await Child.RunAsync("ip", ["netns", "del", name], CancellationToken.None);
    }
}
