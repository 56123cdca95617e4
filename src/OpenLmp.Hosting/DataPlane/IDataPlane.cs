using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>
/// The hardware that carries a node's data links, as the node's thread sees it. Every method is called on that thread and must not block. What
/// the hardware has to say reaches the node through <see cref="NodeLoop.InvokeAsync"/>: <see cref="LmpNode.ReportSignal"/>,
/// <see cref="LmpNode.ReceiveTest"/> and <see cref="LmpNode.ReportDataPlane"/>.
/// </summary>
public interface IDataPlane : IDisposable
{
    /// <summary>The node's data links are as they are now: at its start, and after each reconfiguration.</summary>
    /// <param name="node">The node.</param>
    /// <param name="now">The time.</param>
    void Apply(LmpNode node, Instant now);

    /// <summary>How Test messages can travel over a data link (RFC 4204 §13.8, RFC 4207 §3.1); by trace correlation where the hardware has that overhead byte.</summary>
    /// <param name="link">The data link.</param>
    VerifyTransport GetTestTransports(DataLink link) => VerifyTransport.Payload;

    /// <summary>Sends a Test message over exactly this data link (RFC 4204 §12.5.6).</summary>
    /// <param name="link">The data link; <see cref="DataLink.TestTransport"/> says how.</param>
    /// <param name="source">The Node_Id, for whoever needs a source address.</param>
    /// <param name="test">The LMP message; the bytes are valid during the call only.</param>
    /// <returns>Whether it was sent, as far as is known: a lost one is sent again.</returns>
    bool SendTest(DataLink link, uint source, ReadOnlySpan<byte> test);

    /// <summary>A data link goes into test mode or out of it: a transparent switch has to terminate it meanwhile (RFC 4204 §5).</summary>
    /// <param name="link">The data link.</param>
    /// <param name="transmit">Whether Test messages will be sent over it.</param>
    /// <param name="receive">Whether Test messages are looked for on it.</param>
    void SetTestMode(DataLink link, bool transmit, bool receive);

    /// <summary>
    /// Sends a trace message in the overhead of a data link from now on (RFC 4207 §4). What is received is told by <see cref="LmpNode.ReportTrace"/>.
    /// Hardware without such overhead does nothing.
    /// </summary>
    /// <param name="link">The data link.</param>
    /// <param name="type">Which overhead byte.</param>
    /// <param name="text">The text, without framing; empty: none in particular any more.</param>
    void SetTrace(DataLink link, TraceType type, string text)
    {
    }
}
