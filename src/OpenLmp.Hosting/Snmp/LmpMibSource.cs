using OpenLmp.Hosting.Http;
using OpenLmp.Protocol;
using OpenLmp.Snmp;

namespace OpenLmp.Hosting;

/// <summary>Asks the node for its objects, at most once in a while: a walk asks for thousands of values one by one.</summary>
/// <param name="node">The node.</param>
/// <param name="host">What the MIB needs beside it.</param>
internal sealed class LmpMibSource(INodeAccess node, LmpMibHost host) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    // A healthy node answers within microseconds; snmpd gives a subagent up that does not answer within a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    private readonly SemaphoreSlim _asking = new(1);
    private (Instant At, LmpMibView View)? _last;

    /// <summary>The objects as they are, or were within the last second.</summary>
    /// <param name="since">They are not to be older than this either.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Null: the node does not answer.</returns>
    public async Task<LmpMibView?> GetAsync(Instant since, CancellationToken cancellation)
    {
        await _asking.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_last is { } last && last.At >= since && NodeClock.Now - last.At < Fresh) return last.View;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(Patience);
            var (at, data) = await node.InvokeAsync((n, now) => (now, LmpMibData.Take(n)), limit.Token).ConfigureAwait(false);
            var view = LmpMibModule.View(data, host);
            _last = (at, view);
            return view;
        }
        catch (Exception e) when (e is ObjectDisposedException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _asking.Dispose();
}
