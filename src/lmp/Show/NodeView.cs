using OpenLmp.Api;

namespace OpenLmp.Cli.Show;

/// <summary>The node: a few lines rather than a table of one row.</summary>
internal sealed class NodeView : IView
{
    /// <inheritdoc/>
    public string Word => Words.Node;

    /// <inheritdoc/>
    public string Description => "The node itself, and how it is doing at a glance.";

    /// <inheritdoc/>
    public string NameHelp => "The node's name.";

    /// <inheritdoc/>
    public void Write(Client.ApiClient client, string json, Terminal terminal)
    {
        foreach (var node in client.Parse<NodeInfo[]>(json))
        {
            terminal.Out.WriteLine($"{node.Name}  Node_Id {node.NodeId}  lmpd {node.Version}, up {terminal.Ago(node.Started)}");
            Line("Neighbours", node.Neighbors);
            Line("Control channels", node.ControlChannels);
            Line("TE links", node.TeLinks);
            Line("Data links", node.DataLinks, $", {node.Allocated} allocated");
            terminal.Out.WriteLine($"{"Alarms",-18}{(node.Alarms == 0 ? "none" : $"{node.Alarms} raised")}");
            Text("Data plane", InWords(node.DataPlane, terminal));
            if (node.DataPlane.Counters is { Sessions: > 0 } c)
                Text("Agents", $"{c.Sessions} sessions, {c.Orders} orders, {c.Signals} signals, {c.TestsSent} tests sent, {c.TestsReceived} received, {c.Refused} refused");
            var loop = node.Loop;
            terminal.Out.WriteLine($"{"Timers",-18}{loop.MeanLateness:0.#} us late on average, {loop.WorstLateness:0.#} us at worst");
            if (loop.DatagramsUnsent > 0) terminal.Out.WriteLine($"{"Unsent",-18}{loop.DatagramsUnsent} datagrams that the network did not take");
            if (loop.Faults > 0) terminal.Out.WriteLine($"{"Faults",-18}{loop.Faults} internal errors survived: see the daemon's log");
            if (node.Reason.Length > 0) terminal.Out.WriteLine($"\n{node.Reason}");
        }

        void Text(string what, string text) => terminal.Out.WriteLine($"{what,-18}{text}");

        void Line(string what, UpCount count, string more = "") => terminal.Out.WriteLine($"{what,-18}{count.Up} of {count.Total} up{more}");
    }

    private static string InWords(DataPlaneInfo plane, Terminal terminal) => plane switch
    {
        { Agent: { } agent } => $"{plane.Kind}, agent {agent.Name} since {terminal.Ago(agent.Since)}, {Testing(plane, agent)}",
        { Reason.Length: > 0 } => $"{plane.Kind}, {plane.Reason}",
        { Kind: "external" } => "external, no agent yet: signals are unknown, data links are not verified",
        _ => $"{plane.Kind}, {(plane.CanTest ? "tests data links" : "cannot test data links")}",
    };

    private static string Testing(DataPlaneInfo plane, AgentInfo agent) =>
        plane.CanTest ? "tests data links" : agent.CanTest ? "still to tell all signals" : "cannot test data links";
}
