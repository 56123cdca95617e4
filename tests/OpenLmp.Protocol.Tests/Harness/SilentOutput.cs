namespace OpenLmp.Protocol.Tests;

/// <summary>An output that keeps nothing: for what is measured.</summary>
public sealed class SilentOutput : INodeOutput
{
    public void Send(ControlChannel channel, in NetworkEndpoint destination, ReadOnlySpan<byte> datagram)
    {
    }

    public void Open(ControlChannel channel)
    {
    }

    public void Close(ControlChannel channel)
    {
    }

    public void Tell(NodeEvent e)
    {
    }
}
