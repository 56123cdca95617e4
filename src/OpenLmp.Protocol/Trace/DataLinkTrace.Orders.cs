// RFC 4207 §4.1.1, §4.1.9; RFC 4204 §8: what the configuration and the operator want.
namespace OpenLmp.Protocol;

/// <content>Orders: they survive a restart, from the configuration or as what is retained.</content>
public sealed partial class DataLinkTrace
{
    /// <summary>What has to survive a restart, because the configuration does not say it.</summary>
    internal RetainedTrace Retained
    {
        get
        {
            var configured = Link.Configuration.FindTrace(Type);
            return new RetainedTrace(Link.Name, Type, configured?.Send is null ? _ordered : null, configured?.Expect is null ? Expected : null);
        }
    }

    /// <summary>The operator wants this text sent, and the neighbour to look for it; empty: neither any more.</summary>
    internal void Send(Instant now, string text)
    {
        _ordered = OrNull(text);
        _node.Retention.Save(this);
        StartSending(now);
    }

    /// <summary>The operator expects this text, and wants the neighbour to send it; empty: neither any more.</summary>
    internal void Expect(Instant now, string text)
    {
        Expected = OrNull(text);
        _node.Retention.Save(this);
        StartExpecting(now);
    }

    /// <summary>The configuration says something else than before; where it says nothing any more, nothing is wanted.</summary>
    internal void Configure(Instant now, TraceConfiguration? before, TraceConfiguration? next)
    {
        var (sends, expects) = (before?.Send != next?.Send, before?.Expect != next?.Expect);
        if (sends) _ordered = next?.Send;
        if (expects) Expected = next?.Expect;
        _node.Retention.Save(this);
        if (sends) StartSending(now);
        if (expects) StartExpecting(now);
    }

    /// <summary>What the operator wanted before a restart, as far as the configuration says nothing.</summary>
    internal void Restore(Instant now, RetainedTrace before)
    {
        var configured = Link.Configuration.FindTrace(Type);
        if (configured?.Send is null && before.Send is not null)
        {
            _ordered = before.Send;
            StartSending(now);
        }

        if (configured?.Expect is not null || before.Expect is null) return;
        Expected = before.Expect;
        StartExpecting(now);
    }

    private static string? OrNull(string text) => text.Length > 0 ? text : null;

    private void StartSending(Instant now)
    {
        (Sent, _isMonitored) = (_ordered, _ordered is not null);
        Transmit();
        NeighborSees(null, differs: false);
        RequestMonitoring(now);
        Link.TellTraces(now);
    }

    private void StartExpecting(Instant now)
    {
        RequestInsertion(now);
        Link.TellTraces(now);
    }
}
