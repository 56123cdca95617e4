// RFC 4204 §4, §13.11
using System.Globalization;
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Reads <c>te-links</c>.</summary>
internal static class TeLinkSection
{
    private static readonly TimeSpan ShortestConfirmInterval = TimeSpan.FromMinutes(1);

    public static ValueList<TeLinkConfiguration> ReadAll(Section root, Scope scope)
    {
        var teLinks = new List<TeLinkConfiguration>();
        foreach (var section in root.Children("te-links", "TE link",
            "name", "neighbor", "local-id", "remote-id", "fault-management", "link-verification", "verification",
            "signal", "confirm-interval", "confirm-retry", "confirm-after-outage", "data-links"))
            teLinks.Add(Read(section, scope));
        scope.SubChannels.Check(scope);
        scope.LineSystemLinks.Check(scope);
        return [.. teLinks];
    }

    private static TeLinkConfiguration Read(Section section, Scope scope)
    {
        var findings = scope.Findings;
        var name = section.Required("name", Conversions.Name, "te1");
        if (name.IsValid) scope.TeLinkNames.Claim(name.Value, name.At, $"name: {name.Value}", "each TE link has a name of its own");
        var neighbor = section.Required("neighbor", Conversions.Name, "oxc2");
        if (neighbor.IsValid && scope.Neighbors is { } known && !known.Contains(neighbor.Value))
        {
            findings.Error(neighbor.At,
                $"neighbor: there is no neighbour {neighbor.Value}; {Suggestion.For(neighbor.Value, [.. known], "the neighbours are")}");
        }

        var (localId, remoteId) = IdentifierPair.Read(section, "Link_Id", neighbor.Value ?? "", scope.LinkIds, scope.RemoteLinkIds, findings);

        var dataLinks = new List<DataLinkConfiguration>();
        foreach (var dataLink in section.Children("data-links", "data link", DataLinkSection.Keys))
        {
            dataLinks.Add(DataLinkSection.Read(dataLink, neighbor.Value ?? "", scope));
            CheckSize(dataLink, dataLinks[^1], localId, findings);
        }

        if (section.ItemCount("data-links") == 0)
            findings.Warning(section.KeyAt("data-links"), "TE link: no data link; the TE link stays down (RFC 4204 §11.2)");
        var teLink = new TeLinkConfiguration
        {
            Name = name.Value ?? "",
            Neighbor = neighbor.Value ?? "",
            LocalId = localId,
            RemoteId = remoteId,
            FaultManagement = section.Optional("fault-management", Conversions.Boolean, true).Value,
            LinkVerification = section.Optional("link-verification", Conversions.Boolean, true).Value,
            Verification = VerificationSection.Read(section, dataLinks, scope),
            Signal = ReadSignal(section),
            Confirmation = ReadConfirmation(section, findings),
            DataLinks = [.. dataLinks],
        };
        CheckSize(section, teLink, scope.WdmNeighbors.ContainsKey(teLink.Neighbor), findings);
        return teLink;
    }

    // RFC 4204 §6.1
    private static SignalConfiguration ReadSignal(Section teLink)
    {
        var defaults = SignalConfiguration.Default;
        if (teLink.Child("signal", "hold-off", "hold-on") is not { } section) return defaults;
        return new SignalConfiguration
        {
            HoldOff = section.Optional("hold-off", Durations.Duration, defaults.HoldOff).Value,
            HoldOn = section.Optional("hold-on", Durations.Duration, defaults.HoldOn).Value,
        };
    }

    private static StatusConfirmationConfiguration ReadConfirmation(Section section, Findings findings)
    {
        var fallback = StatusConfirmationConfiguration.Default;
        var interval = section.Optional("confirm-interval", Durations.Duration, fallback.Interval);
        if (interval.IsUsable && interval.Value > TimeSpan.Zero && interval.Value < ShortestConfirmInterval)
            findings.Warning(interval.At, "confirm-interval: RFC 5818 §4 does not recommend to confirm continuously; once an hour finds stranded resources as well");
        return new StatusConfirmationConfiguration
        {
            Interval = interval.Value,
            Retry = section.Optional("confirm-retry", Durations.PositiveDuration, fallback.Retry).Value,
            AfterOutage = section.Optional("confirm-after-outage", Durations.Duration, fallback.AfterOutage).Value,
        };
    }

    private static void CheckSize(Section section, DataLinkConfiguration link, Identifier teLinkId, Findings findings)
    {
        var length = ChannelStatuses.EncodedLength(link, teLinkId);
        if (length <= CommonHeader.MaxMessageLength) return;
        findings.Error(section.KeyAt("channels"), string.Create(CultureInfo.InvariantCulture,
            $"channels: the ConfirmDataChannelStatus of {link.Channels.Count:N0} data channels has {length:N0} bytes, "
            + $"a UDP datagram at most {CommonHeader.MaxMessageLength:N0}; spread them over several data links"));
    }

    /// <summary>LMP has no fragmentation of its own: what does not fit one UDP datagram cannot be told to the neighbour.</summary>
    private static void CheckSize(Section section, TeLinkConfiguration teLink, bool wdm, Findings findings)
    {
        var length = LinkSummaryBuilder.EncodedLength(teLink, wdm);
        if (length <= CommonHeader.MaxMessageLength) return;
        findings.Error(section.KeyAt("data-links"), string.Create(CultureInfo.InvariantCulture,
            $"data-links: the LinkSummary of {teLink.DataLinks.Count:N0} data links has {length:N0} bytes, "
            + $"a UDP datagram at most {CommonHeader.MaxMessageLength:N0}; spread them over several TE links"));
    }
}
