using System.Text.Json.Serialization;

namespace OpenLmp.Api;

/// <summary>What another configuration would change, or has changed.</summary>
/// <param name="Applied">Whether it is in force: of a difference that was only asked for, false.</param>
/// <param name="Saved">The file it was written to; null: none.</param>
/// <param name="Changes">What differs, in the order of the keys; empty: nothing.</param>
/// <param name="Findings">What is doubtful in it.</param>
public sealed record ConfigurationAnswer(bool Applied, string? Saved, ConfigurationChange[] Changes, ConfigurationFinding[] Findings);

/// <summary>A key whose value differs, or an entry of a list that comes or goes.</summary>
/// <param name="Path">The keys from the top, and the names of entries: <c>te-links/te1/confirm-interval</c>.</param>
/// <param name="From">What it is in the configuration in force, as YAML on one line; where nothing is written there, the default; null: nothing.</param>
/// <param name="To">What it would be; likewise.</param>
/// <param name="Effect">What the change does to the node that runs.</param>
/// <param name="Text">The effect in words.</param>
public sealed record ConfigurationChange(string Path, string? From, string? To, ConfigurationEffect Effect, string Text);

/// <summary>What is wrong or doubtful in a configuration.</summary>
/// <param name="Severity"><c>error</c> or <c>warning</c>.</param>
/// <param name="Line">The line of the text, from 1; of one that was put together from a part, the line in the whole.</param>
/// <param name="Column">The column, from 1.</param>
/// <param name="Path">The keys that lead there, as in a change.</param>
/// <param name="Text">What is wrong, and what would be right.</param>
public sealed record ConfigurationFinding(string Severity, int Line, int Column, string Path, string Text);

/// <summary>What a change of the configuration does to a node that runs.</summary>
[JsonConverter(typeof(NamedEnumConverter<ConfigurationEffect>))]
public enum ConfigurationEffect
{
    /// <summary>It counts from now on; nothing else happens.</summary>
    [JsonStringEnumMemberName("live")]
    Live,

    /// <summary>The control channel, or those of the neighbour, negotiate their parameters again (RFC 4204 §11.1.2, event 14).</summary>
    [JsonStringEnumMemberName("negotiation")]
    Negotiation,

    /// <summary>The control channel ends, and another begins.</summary>
    [JsonStringEnumMemberName("control-channel")]
    ControlChannel,

    /// <summary>All control channels to the neighbour, and the TE links with it, end and begin again.</summary>
    [JsonStringEnumMemberName("neighbor")]
    Neighbor,

    /// <summary>All control channels and TE links end and begin again.</summary>
    [JsonStringEnumMemberName("node")]
    Node,

    /// <summary>The TE link's properties are compared with the neighbour's again (RFC 4204 §4); what carries traffic goes on.</summary>
    [JsonStringEnumMemberName("correlation")]
    Correlation,

    /// <summary>The TE link ends, and another begins, with what is known of the data links that are in both.</summary>
    [JsonStringEnumMemberName("te-link")]
    TeLink,

    /// <summary>The data link ends, and another begins.</summary>
    [JsonStringEnumMemberName("data-link")]
    DataLink,

    /// <summary>Sockets are opened and closed; control channels that need none of those go on.</summary>
    [JsonStringEnumMemberName("sockets")]
    Sockets,

    /// <summary>The API is served where it says, and no longer where it was: connections there end.</summary>
    [JsonStringEnumMemberName("api")]
    Api,

    /// <summary>The data plane is replaced: signals are told anew, tests under way end.</summary>
    [JsonStringEnumMemberName("data-plane")]
    DataPlane,

    /// <summary>The session with the machine's SNMP agent ends, and another begins.</summary>
    [JsonStringEnumMemberName("snmp")]
    Snmp,

    /// <summary>What is retained is written to another file, which counts from then on; the old one is closed, and stays as it is.</summary>
    [JsonStringEnumMemberName("state")]
    State,

    /// <summary>A node that runs refuses it, and all else with it: stop lmpd, change the file, start it again.</summary>
    [JsonStringEnumMemberName("restart")]
    Restart,
}
