// RFC 4204 §5, §13.8-13.9; RFC 4207 §3.1
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>verification</c>.</summary>
internal static class VerificationSection
{
    private const string Interval = "interval";
    private const string DeadInterval = "dead-interval";
    private const string Retry = "retry";
    private const string Periodic = "periodic";
    private const string Transports = "transports";

    // Below that, a neighbour or a data plane would do nothing else.
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromSeconds(1);

    public static VerificationConfiguration Read(Section teLink, IReadOnlyList<DataLinkConfiguration> dataLinks, Scope scope)
    {
        var findings = scope.Findings;
        var defaults = VerificationConfiguration.Default;
        if (teLink.Child("verification", Interval, DeadInterval, Retry, Periodic, "on-establishment", "one-at-a-time", Transports) is not { } section) return defaults;
        var interval = section.Optional(Interval, OnTheWire, (ushort)defaults.Interval.TotalMilliseconds);
        var dead = section.Optional(DeadInterval, OnTheWire, (ushort)defaults.DeadInterval.TotalMilliseconds);
        var retry = section.Optional(Retry, text => AtLeast(text, "asking again faster helps nobody"), defaults.Retry);
        var periodic = section.Optional(Periodic, text => AtLeast(text, "0 turns it off", allowsZero: true), defaults.Periodic);
        if (interval.IsValid && dead.IsValid) Compare(interval, dead, findings);
        var transports = section.Values(Transports, Conversions.Transport);
        if (transports.IsUsable) Check(transports, dataLinks, scope);
        return new VerificationConfiguration
        {
            Interval = TimeSpan.FromMilliseconds(interval.Value),
            DeadInterval = TimeSpan.FromMilliseconds(dead.Value),
            Retry = retry.Value,
            Periodic = periodic.Value,
            OnEstablishment = section.Optional("on-establishment", Conversions.Boolean, defaults.OnEstablishment).Value,
            Transports = transports.Value,
            OneAtATime = section.Optional("one-at-a-time", Conversions.Boolean, defaults.OneAtATime).Value,
        };
    }

    // What no data plane and no encoding type allows would only show when nothing can be verified.
    private static void Check(Field<ValueList<VerifyTransport>> transports, IReadOnlyList<DataLinkConfiguration> dataLinks, Scope scope)
    {
        if (transports.Value.Count == 0)
        {
            scope.Findings.Error(transports.At, "transports: the list is empty; name one, such as payload, or remove the key: then all that are possible are used");
            return;
        }

        var others = transports.Value.Where(t => t != VerifyTransport.Payload).Select(VerifyTransports.Name).ToList();
        if (others.Count == 0) return;
        if (scope.DataPlane == DataPlaneKind.Linux)
            scope.Findings.Error(transports.At, $"transports: network interfaces have no overhead for {others[0]}; write payload alone, or set data-plane: external");
        else if (!transports.Value.Contains(VerifyTransport.Payload) && dataLinks.FirstOrDefault(l => !l.IsSonetSdh) is { } link)
            scope.Findings.Error(transports.At, $"transports: {others[0]} is for SONET and SDH only (RFC 4207 §3.1); set encoding: sdh for {link.Name}, or add payload");
    }

    // The neighbour's Test messages come at its own interval: only where both ends are configured alike, the two fit each other.
    private static void Compare(Field<ushort> interval, Field<ushort> dead, Findings findings)
    {
        if (dead.Value > interval.Value) return;
        var (key, at) = dead.IsGiven ? (DeadInterval, dead.At) : (Interval, interval.At);
        var (here, other) = dead.IsGiven ? (dead.Value, $"{Interval} is {interval.Value}ms") : (interval.Value, $"{DeadInterval} is {dead.Value}ms unless said otherwise");
        findings.Warning(at, $"{key}: {here}ms, but {other}; {DeadInterval} should be several times {Interval}, or one lost Test message fails a data link (RFC 4204 §5)");
    }

    private static Converted<ushort> OnTheWire(string text)
    {
        var (milliseconds, problem) = Durations.Milliseconds(text, "§13.8");
        return problem is not null ? new Wrong(problem) : milliseconds == 0 ? new Wrong("0 is too short; write at least 1ms") : milliseconds;
    }

    private static Converted<TimeSpan> AtLeast(string text, string remark, bool allowsZero = false) =>
        Durations.Duration(text).If(
            d => d >= ShortestPeriod || (allowsZero && d == TimeSpan.Zero), $"{Findings.Quote(text)} is too short; write at least 1s; {remark}");
}
