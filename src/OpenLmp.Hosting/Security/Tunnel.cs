// RFC 4204 §15.2: when to set up, when to tear down, what to say of it. Does nothing itself.
using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>One tunnel that charon keeps: what is known of it and what to do next. Belongs to its <see cref="CharonSession"/>.</summary>
internal sealed class Tunnel(IpsecConfiguration configuration, TunnelKey key, IReadOnlyList<(ushort Local, ushort Remote)> ports, bool goesFirst, IpsecTiming timing)
{
    private Instant _nextAttempt;
    private TimeSpan _pause = timing.FirstPause;
    private TimeSpan _recovery = timing.Recovery;
    private Instant _silentSince;
    private Instant? _missingSince;
    private bool _begun;
    private bool _isTornDown;
    private SecurityAssociation? _association;
    private DateTime? _established;

    public IpsecConfiguration Configuration { get; } = configuration;

    public TunnelKey Key { get; } = key;

    /// <summary>Our and the neighbour's UDP ports, for selectors that name them.</summary>
    public IReadOnlyList<(ushort Local, ushort Remote)> Ports { get; } = ports;

    /// <summary>What charon knows it by.</summary>
    public string Connection { get; } = $"lmpd-{configuration.Neighbor}-{key.Local}-{key.Remote}";

    /// <summary>How it is.</summary>
    public TunnelStatus Status { get; private set; } = new()
    {
        Key = key,
        Neighbor = configuration.Neighbor,
        Device = configuration.Device,
        Problem = $"no IPsec tunnel to {key.Remote} yet: it is being set up",
    };

    /// <summary>Whether an attempt to set it up, or to tear it down, is under way.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether everything that charon is told of it is the same.</summary>
    public bool IsSame(Tunnel other) => Configuration == other.Configuration && Key == other.Key && Ports.SequenceEqual(other.Ports);

    /// <summary>Charon is there, and knows the connection.</summary>
    public void Begin(Instant now)
    {
        _begun = true;
        _pause = timing.FirstPause;
        // RFC 4204 §3.1 has the node with the higher Node_Id win a contention. Where both ends would start at once there would be two of everything.
        _nextAttempt = goesFirst ? now : now + timing.Courtesy;
    }

    /// <summary>Charon is gone, or does not do what it is asked.</summary>
    public void Lost(string why)
    {
        _begun = false;
        Down(why);
    }

    /// <summary>What charon has negotiated for it now.</summary>
    public void Observe(SecurityAssociation? association, bool deviceIsThere, Instant now, DateTime utc)
    {
        // What is being deleted may be there for a moment yet.
        if (_isTornDown) return;
        if (association is null)
        {
            // While keys are replaced, there may be a moment between the old ones and the new.
            _missingSince ??= now;
            if (_association is not null && now - _missingSince.Value >= timing.Grace)
            {
                _association = null;
                _nextAttempt = goesFirst ? now : now + timing.Courtesy;
                Down("the neighbour or charon has ended it; a new one is being set up");
            }

            return;
        }

        _missingSince = null;
        var isUp = Status.State == TunnelState.Up;
        if (_association?.SpiIn != association.SpiIn)
        {
            _established = utc - association.Age;
            if (_association is not null && isUp) Status = Status with { Rekeys = Status.Rekeys + 1 };
        }

        _association = association;
        _pause = timing.FirstPause;
        if (!deviceIsThere)
        {
            Down($"charon has agreed on keys, but there is no interface {Configuration.Device}; correct device, or see docs/operating/ipsec.md");
            return;
        }

        if (!isUp) _silentSince = now;
        Status = Status with
        {
            State = TunnelState.Up,
            Problem = null,
            Encryption = association.Encryption,
            SpiIn = association.SpiIn,
            SpiOut = association.SpiOut,
            Established = _established,
        };
    }

    /// <summary>Whether it is time to set it up.</summary>
    public bool IsDue(Instant now) => _begun && !IsBusy && _association is null && now >= _nextAttempt;

    /// <summary>An attempt ended.</summary>
    /// <param name="problem">Why it failed; null: it did not, what it led to will be observed.</param>
    /// <param name="now">The time.</param>
    public void Attempted(string? problem, Instant now)
    {
        IsBusy = _isTornDown = false;
        if (problem is null || _association is not null) return;
        _nextAttempt = now + _pause;
        _pause = _pause * 2 < timing.LongestPause ? _pause * 2 : timing.LongestPause;
        Down(problem);
    }

    /// <summary>
    /// Whether it has to be torn down and set it up anew: "If all control channels indicate a failure and it is not possible to bring up a new control
    /// channel, tear down all existing control channels. Also, tear down the crypto channel". Each time in vain doubles the patience: at the other
    /// end somebody may be at work. Where this returns true, it is busy until <see cref="Attempted"/>.
    /// </summary>
    /// <param name="isHeard">Whether some control channel through it is in use; null: none is wanted.</param>
    /// <param name="now">The time.</param>
    public bool HasFailed(bool? isHeard, Instant now)
    {
        if (Status.State != TunnelState.Up || IsBusy || isHeard != false)
        {
            if (isHeard == true) _recovery = timing.Recovery;
            _silentSince = now;
            return false;
        }

        if (now - _silentSince < _recovery) return false;
        _recovery = _recovery * 2 < timing.LongestRecovery ? _recovery * 2 : timing.LongestRecovery;
        _association = null;
        IsBusy = _isTornDown = true;
        Down("no control channel came up through it; it is torn down and set up anew (RFC 4204 §15.2)");
        return true;
    }

    private void Down(string why) => Status = Status with
    {
        State = TunnelState.Down,
        Problem = $"no IPsec tunnel to {Key.Remote}: {why}",
        Encryption = "",
        SpiIn = null,
        SpiOut = null,
        Established = null,
    };
}

/// <summary>How long things take, and how long to wait.</summary>
internal sealed record IpsecTiming
{
    /// <summary>How often charon is asked although it told of nothing.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What the node with the lower Node_Id leaves to the other.</summary>
    public TimeSpan Courtesy { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long there may be no keys before the tunnel counts as ended.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The pause after a failure; it doubles with each.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long charon may take to answer what it can answer at once.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long IKE may take: charon repeats a message after 4 s.</summary>
    public TimeSpan Negotiation { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long control channels may be down while the tunnel is up; it doubles each time.</summary>
    public TimeSpan Recovery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The most of that.</summary>
    public TimeSpan LongestRecovery { get; init; } = TimeSpan.FromMinutes(5);
}
