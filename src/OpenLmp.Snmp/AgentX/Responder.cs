// RFC 2741 §7.2.2-7.2.4: a subagent's answers.
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>What to answer to a master's request. Everything can be read, nothing can be set.</summary>
public static class Responder
{
    // A manager may ask for 65535 repetitions: what does not fit its own message it would not get anyway.
    private const int MaxVarBinds = 2_000;

    /// <summary>Whether the answer depends on the objects: then <see cref="Answer"/> needs a view of them.</summary>
    public static bool NeedsView(AgentXPdu request) => request is GetPdu or GetNextPdu or GetBulkPdu;

    /// <summary>The answer; null where none is sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="view">The objects; null: they are not known now, which is answered to what asks for them.</param>
    public static ResponsePdu? Answer(AgentXPdu request, MibView? view)
    {
        ArgumentNullException.ThrowIfNull(request);
        var answer = request switch
        {
            GetPdu or GetNextPdu or GetBulkPdu when view is null => Failed(AgentXError.GenErr),
            GetPdu get => Found([.. get.Names.Select(name => new VarBind(name, view!.Get(name)))]),
            GetNextPdu next => Found([.. next.Ranges.Select(range => view!.GetNext(range))]),
            GetBulkPdu bulk => Found([.. Bulk(bulk, view!)]),
            // Refused at the test, a set gets no further: the others come only after one that was accepted.
            TestSetPdu => Failed(AgentXError.NotWritable, index: 1),
            PlainPdu { Type: PduType.CommitSet } => Failed(AgentXError.CommitFailed, index: 1),
            PlainPdu { Type: PduType.UndoSet } => Failed(AgentXError.UndoFailed, index: 1),
            PlainPdu { Type: PduType.CleanupSet } => null,
            PlainPdu { Type: PduType.Ping } => Failed(AgentXError.NoError),
            ResponsePdu or ClosePdu => null,
            _ => Failed(AgentXError.ProcessingError),
        };
        return answer is null ? null : answer with { SessionId = request.SessionId, TransactionId = request.TransactionId, PacketId = request.PacketId };
    }

    private static ResponsePdu Failed(AgentXError error, ushort index = 0) => new(0, error, index, []);

    private static ResponsePdu Found(ValueList<VarBind> binds) => new(0, AgentXError.NoError, 0, binds);

    private static IEnumerable<VarBind> Bulk(GetBulkPdu bulk, MibView view)
    {
        var once = Math.Min(bulk.NonRepeaters, bulk.Ranges.Count);
        foreach (var range in bulk.Ranges.Take(once)) yield return view.GetNext(range);
        SearchRange[] repeated = [.. bulk.Ranges.Skip(once)];
        if (repeated.Length == 0) yield break;
        for (var (i, left) = (0, MaxVarBinds); i < bulk.MaxRepetitions && left > 0; i++)
        {
            var isOver = true;
            for (var r = 0; r < repeated.Length; r++, left--)
            {
                var found = view.GetNext(repeated[r]);
                isOver &= found.Value.Type == SnmpType.EndOfMibView;
                repeated[r] = new SearchRange(found.Name, Include: false, repeated[r].End);
                yield return found;
            }

            if (isOver) yield break;
        }
    }
}
