// RFC 4207 §4.1.1.1
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Reads a data link's <c>trace</c>: one trace message, or a list of them.</summary>
internal static class TraceSection
{
    private const string Key = "trace";

    private static readonly string[] Keys = ["type", "send", "expect"];

    public static ValueList<TraceConfiguration> ReadAll(Section dataLink, bool isSonetSdh, Scope scope)
    {
        if (!dataLink.Has(Key)) return [];
        if (!isSonetSdh)
            scope.Findings.Error(dataLink.KeyAt(Key), "trace: only SONET and SDH have trace messages; set encoding: sdh where the data link is one");
        else if (scope.DataPlane == DataPlaneKind.Linux)
            scope.Findings.Error(dataLink.KeyAt(Key), "trace: a network interface has no such overhead; remove it, or set data-plane: external");
        var traces = new List<TraceConfiguration>();
        foreach (var section in dataLink.ChildIfMapping(Key, Keys) is { } only ? [only] : dataLink.Children(Key, Key, Keys))
        {
            var type = section.Required("type", Conversions.Trace, "sonet-j0");
            var send = section.OptionalText("send", Conversions.TraceMessage);
            var expect = section.OptionalText("expect", Conversions.TraceMessage);
            if (!send.IsGiven && !expect.IsGiven) scope.Findings.Error(section.At, "trace: send and expect are both missing; add one, such as send: PARIS");
            if (!type.IsUsable) continue;
            if (traces.Find(t => IsSameByte(t.Type, type.Value)) is { } other)
            {
                scope.Findings.Error(type.At, $"type: {TraceTypes.Name(type.Value)} is the same overhead byte as {TraceTypes.Name(other.Type)}; "
                    + "a data link has one trace message in each");
            }

            traces.Add(new TraceConfiguration(type.Value, send.Value, expect.Value));
        }

        return [.. traces];
    }

    private static bool IsSameByte(TraceType a, TraceType b) => VerifyTransports.All.Any(t => t.Value.Uses(a) && t.Value.Uses(b));
}
