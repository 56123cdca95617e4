using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Tests;

/// <summary>Two daemons, one of them a subagent of a real snmpd.</summary>
public class SnmpServiceTests
{
    private const string Objects = "1.3.6.1.2.1.10.227.1";
    private const string Notifications = ".1.3.6.1.2.1.10.227.0";

    private static readonly Dictionary<string, string> Oids = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Rfc", "lmp-mib.tsv"))
        .Skip(1).Select(line => line.Split('\t')).ToDictionary(f => f[1], f => f[0], StringComparer.Ordinal);

    [NetSnmpFact]
    public async Task A_walk_agrees_with_the_node_notifications_arrive_and_a_restarted_master_is_found_again()
    {
        using var master = new NetSnmp();
        var (left, right) = DaemonFiles.Pair();
        using var _ = left;
        using var __ = right;
        AddLinks(left, "oxc2", 1, 2);
        AddLinks(right, "oxc1", 2, 1);
        left.Write(left.Read() + $"snmp: {{agentx: \"unix:{master.Socket}\", notifications: [ all ]}}\n");
        await using var a = await StartAsync(left);
        await using (var b = await StartAsync(right))
        {
            await WalkUntilAsync(master, walk => walk.GetValueOrDefault(Oid("lmpTeLinkOperStatus", 1)) == "INTEGER: 1", "the TE link is up by SNMP");
            await AgreesAsync(master, a);
            Assert.Contains("notWritable", await master.SetAsync(Oid("lmpAdminStatus", 0), 2), StringComparison.Ordinal);
            await Eventually.TrueAsync(() => master.HasTrap($"{Notifications}.4"), () => $"lmpControlChannelUp at snmptrapd: {master.Output}");
        }

        // The neighbour is gone.
        await Eventually.TrueAsync(() => master.HasTrap($"{Notifications}.5"), () => $"lmpControlChannelDown at snmptrapd: {master.Output}");
        await Eventually.TrueAsync(() => master.HasTrap($"{Notifications}.6"), () => $"lmpTeLinkDegraded at snmptrapd: {master.Output}");

        master.KillAgent();
        Assert.Empty(await master.WalkAsync(Objects));
        Assert.True(await a.InvokeAsync((node, _) => node.Name == "oxc1"));
        master.StartAgent();
        await WalkUntilAsync(master, walk => walk.ContainsKey(Oid("lmpTeLinkOperStatus", 1)), "the LMP-MIB is there again");
        await AgreesAsync(master, a);
    }

    private static async Task AgreesAsync(NetSnmp master, DaemonHost host)
    {
        var difference = "";
        await Eventually.TrueAsync(async () => (difference = await DifferenceAsync(master, host)).Length == 0, () => $"no difference; last: {difference}");
    }

    // What stands still agrees exactly; of what goes on counting, it is enough that it is there.
    private static async Task<string> DifferenceAsync(NetSnmp master, DaemonHost host)
    {
        var (walk, bulk) = (await master.WalkAsync(Objects), await master.WalkAsync(Objects, "snmpbulkwalk"));
        if (walk.Keys.Except(bulk.Keys).Union(bulk.Keys.Except(walk.Keys)).FirstOrDefault() is { } one) return $"snmpwalk or snmpbulkwalk alone has {one}";
        var expected = await host.InvokeAsync((node, _) =>
        {
            var (channel, link) = (node.Neighbors.Single().ControlChannels.Single(), node.TeLinks.Single());
            var values = new Dictionary<string, string>
            {
                [Oid("lmpNbrOperStatus", 10, 0, 0, 2)] = Integer(node.Neighbors.Single().IsUp ? 1 : 2),
                [Oid("lmpCcRemoteId", 1)] = $"Gauge32: {channel.RemoteId ?? 0}",
                [Oid("lmpCcHelloInterval", 1)] = "Gauge32: 150",
                [Oid("lmpCcHelloDeadInterval", 1)] = "Gauge32: 2000",
                [Oid("lmpTeLinkFaultManagement", 1)] = Integer(link.FaultManagement ? 1 : 2),
            };
            foreach (var dataLink in link.DataLinks)
            {
                var index = (uint)dataLink.LocalId.Value;
                values[Oid("lmpDataLinkActiveOperStatus", index)] = Integer(dataLink.ActiveState == DataLinkState.UpFree ? 2 : 3);
                values[Oid("lmpDataLinkPassiveOperStatus", index)] = Integer(dataLink.PassiveState == DataLinkState.UpFree ? 2 : 3);
                values[Oid("lmpDataLinkRemoteIfId", index)] = Integer((int)dataLink.RemoteId!.Value.Value);
            }

            return values;
        });
        foreach (var (oid, value) in expected)
            if (walk.GetValueOrDefault(oid) is var found && found != value) return $"{oid} is {found}, {value} at the node";
        // Every object has an instance, but for the two that are not accessible, and what is told only while the channel is in use.
        return string.Join(", ", Oids.Where(o => o.Value.StartsWith(Objects, StringComparison.Ordinal) && !walk.Keys.Any(k => k.StartsWith(o.Value + ".", StringComparison.Ordinal)))
            .Select(o => o.Key).Except(["lmpNbrNodeId", "lmpCcId", "lmpCcHelloIntervalNegotiated", "lmpCcHelloDeadIntervalNegotiated"]));

        static string Integer(int value) => $"INTEGER: {value}";
    }

    private static async Task WalkUntilAsync(NetSnmp master, Func<Dictionary<string, string>, bool> condition, string what) =>
        await Eventually.TrueAsync(async () => condition(await master.WalkAsync(Objects)), () => $"{what}: {master.Output}");

    private static string Oid(string name, params uint[] index) => $"{Oids[name]}.{string.Join('.', index)}";

    private static void AddLinks(DaemonFiles files, string neighbor, int local, int remote) => files.Write(files.Read() + $$"""
        te-links:
          - name: te1
            neighbor: {{neighbor}}
            local-id: {{local}}
            remote-id: {{remote}}
            data-links:
              - {name: te1-1, local-id: {{local}}01, remote-id: {{remote}}01, switching-type: lsc, encoding: lambda, bandwidth: 10Gbps}
              - {name: te1-2, local-id: {{local}}02, remote-id: {{remote}}02, switching-type: lsc, encoding: lambda, bandwidth: 100Gbps}

        """);

    private static Task<DaemonHost> StartAsync(DaemonFiles files)
    {
        var result = ConfigurationReader.Load(files.Configuration);
        Assert.True(result.IsValid, string.Join('\n', result.Errors));
        return DaemonHost.StartAsync(new DaemonHostOptions { Configuration = result.Configuration!, ConfigurationPath = files.Configuration });
    }
}
