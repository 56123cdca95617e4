// RFC 4204 §1.1, §13.12; RFC 4209 §2.3; RFC 5818 §5.2
using OpenLmp.Protocol;
using OpenLmp.Wire;

namespace OpenLmp.Hosting;

/// <summary>Reads one of <c>data-links</c>.</summary>
internal static class DataLinkSection
{
    /// <summary>The keys of <see cref="WithProperties"/>.</summary>
    public static readonly string[] PropertyKeys =
        ["wavelength", "srlg", "link-groups", "ber", "span-length", "optical-protection", "administrative-group", "channels"];

    public static readonly string[] Keys =
    [
        "name", "local-id", "remote-id", "interface", "port", "component-link", "through", .. CapabilitySection.Keys, "capabilities", .. PropertyKeys, "trace",
    ];

    public static DataLinkConfiguration Read(Section section, string neighbor, Scope scope)
    {
        var name = section.Required("name", Conversions.Name, "te1-1");
        if (name.IsValid) scope.DataLinkNames.Claim(name.Value, name.At, $"name: {name.Value}", "each data link has a name of its own, over all TE links");
        var (localId, remoteId) = IdentifierPair.Read(section, "Interface_Id", neighbor, scope.InterfaceIds, scope.RemoteInterfaceIds, scope.Findings);
        var @interface = section.OptionalText("interface", Conversions.InterfaceName);
        if (scope.DataPlane == DataPlaneKind.Linux && !@interface.IsGiven)
            scope.Findings.Error(section.At, "data link: interface is missing, with data-plane linux each data link is one; add it, such as interface: eth1");
        var componentLink = section.OptionalText("component-link", Conversions.Name);
        var through = section.OptionalText("through", Conversions.Name);
        scope.SubChannels.Add(name, componentLink, @interface, through.Value);
        scope.LineSystemLinks.Add(name, neighbor, through);
        var dataLink = new DataLinkConfiguration
        {
            Name = name.Value ?? "",
            LocalId = localId,
            RemoteId = remoteId,
            Interface = @interface.Value,
            Port = section.Optional("port", Conversions.Boolean, true).Value,
            ComponentLink = componentLink.Value,
            Through = through.Value,
            Capabilities = CapabilitySection.ReadAll(section, scope.Findings),
        };
        return WithProperties(dataLink with { Traces = TraceSection.ReadAll(section, dataLink.IsSonetSdh, scope) }, section);
    }

    /// <summary>The link with what the file says of it beside where it is and what it can carry.</summary>
    public static DataLinkConfiguration WithProperties(DataLinkConfiguration link, Section section) => link with
    {
        Wavelength = section.Optional("wavelength", Conversions.Number, 0u).Value,
        Srlg = section.Values("srlg", Conversions.Number).Value,
        LinkGroups = section.Values("link-groups", Conversions.LinkGroup).Value,
        Ber = section.OptionalValue("ber", Conversions.Exponent).Value,
        SpanLength = section.OptionalValue("span-length", Conversions.Number).Value,
        OpticalProtection = ReadProtection(section),
        AdministrativeGroup = section.OptionalValue("administrative-group", Conversions.Number).Value,
        Channels = section.Values("channels", Conversions.ChannelLabel).Value,
    };

    private static LinkProtection? ReadProtection(Section section)
    {
        var names = section.Values("optical-protection", Conversions.Protection).Value;
        if (names.Count == 0) return null;
        var flags = LinkProtection.None;
        foreach (var name in names) flags |= name;
        return flags;
    }
}
