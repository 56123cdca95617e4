// RFC 4207 §4
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Lab;

/// <summary>Who wants a port's trace to be another one.</summary>
internal enum LabTraceOrder
{
    /// <summary>The operator of the port's node, through LMP: it sends the text, and its neighbour is asked to monitor for it (TraceMonitor).</summary>
    Send,

    /// <summary>The operator of the port's node, through LMP: it expects the text, and its neighbour is asked to send it (InsertTrace).</summary>
    Expect,

    /// <summary>Somebody at the port's card, past LMP: it sends the text.</summary>
    ByHand,
}

/// <summary>A trace is set.</summary>
internal sealed record LabTraceStep(TimeSpan At, LabPort Port, TraceType Type, string Text, LabTraceOrder Order) : LabStep(At)
{
    public override string Headline => Order switch
    {
        LabTraceOrder.ByHand => $"WRONG TRACE: {Plan}",
        LabTraceOrder.Send => $"TRACE: {Plan} (lmp data-link trace --send)",
        _ => $"TRACE: {Plan} (lmp data-link trace --expect)",
    };

    public override string Plan => Order switch
    {
        LabTraceOrder.ByHand => $"at the card of {Port}, past LMP, the trace ({TraceTypes.Name(Type)}) set to {TraceText.Quote(Text)}",
        LabTraceOrder.Send => $"{Port} is told to send {TraceText.Quote(Text)} ({TraceTypes.Name(Type)})",
        _ => $"{Port} is told to expect {TraceText.Quote(Text)} ({TraceTypes.Name(Type)})",
    };

    public override bool IsPlanted => Order == LabTraceOrder.ByHand;

    public override string Undone => "corrected";

    public override async Task<string?> DoAsync(LabNetwork network, CancellationToken cancellation)
    {
        var name = network.Topology.DataLinkNameOf(Port);
        switch (Order)
        {
            case LabTraceOrder.ByHand:
                network.Optics.SetTrace(Port, Type, Text);
                return null;
            case LabTraceOrder.Send:
                return await network.OperateAsync(Port.Node, (n, now) => n.SendTrace(now, name, Type, Text), cancellation);
            default:
                return await network.OperateAsync(Port.Node, (n, now) => n.ExpectTrace(now, name, Type, Text), cancellation);
        }
    }
}
