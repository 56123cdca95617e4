using System.Runtime.CompilerServices;
using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.Configurations;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>What a node remembers is bounded, however long it runs. Measures the process's memory: nothing else may run meanwhile.</summary>
[Collection("alone")]
public class GrowthTests
{
    private const long Slack = 3_000_000;

    [Fact]
    public void Reconfigurations_mismatches_and_alarms_leave_nothing_behind()
    {
        var node = new LinkPartner(NodeA()) { Records = false };
        uint id = 0;
        Cycles(0, 1500);
        var before = Memory.Retained();
        Cycles(1500, 8000);
        var growth = Memory.Retained() - before;
        Assert.True(growth < Slack, $"{growth} bytes more");
        Assert.True(node.Node.Alarms.All.Count <= AlarmTable.MaxCleared + 40, $"{node.Node.Alarms.All.Count} alarms");

        void Cycles(int from, int to)
        {
            for (var i = from; i < to; i++)
            {
                var local = (uint)i + 1000;
                node.Reconfigure(NodeA(t => t with { DataLinks = [Link("te1-1", 101, 201, Gbps(i % 3 == 0 ? 10 : 40)), Link($"l{i}", local, local)] }));
                node.Send(SummaryOfB(++id, Listed(201, 101), Listed(local, local, Ist(100)), Listed(900, 901)));
                node.Node.ReportSignal(node.Now, [$"l{i}"], SignalState.Fail);
                node.Send(new LinkSummaryMessage(++id, TeLinkOfB(5000 + (uint)i, 6000), Listed(1, 1)));
                if (i % 100 == 0) node.TransportDown();
                if (i % 100 == 50) node.Reconfigure(NodeA() with { TeLinks = [] });
                node.RunMs(i % 5 * 1000);
                node.TransportUp();
            }
        }
    }

    [Fact]
    public void Te_links_and_data_links_that_are_gone_are_let_go()
    {
        var node = new LinkPartner(NodeA()) { Records = false };
        node.Events.Clear();
        var gone = Remember(node);
        node.Reconfigure(NodeA(Te("b", 77, 78, (501, 601))));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(gone, g => Assert.False(g.IsAlive));
        GC.KeepAlive(node);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<WeakReference> Remember(LinkPartner node)
    {
        // While its LinkSummary waits for the answer, and with alarms about it.
        node.Node.ReportSignal(node.Now, ["te1-1"], SignalState.Fail);
        node.RunMs(4000);
        node.Node.Summarize(node.Now, "te1");
        return [new WeakReference(node.TeLink), .. node.Links.Select(l => new WeakReference(l))];
    }
}

/// <summary>For tests that nothing else may run beside.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public class Alone;
