// RFC 4204 §4, §5
using System.Text.Json.Serialization;
using OpenLmp.Api;

namespace OpenLmp.Cli.Learned;

/// <summary>How the other end of a link came to be known.</summary>
[JsonConverter(typeof(NamedEnumConverter<LearnedStatus>))]
internal enum LearnedStatus
{
    /// <summary>It is configured, and nothing else was found.</summary>
    [JsonStringEnumMemberName("configured")]
    Configured,

    /// <summary>It is not configured, and was learned.</summary>
    [JsonStringEnumMemberName("learned")]
    Learned,

    /// <summary>Verification found another than the configured one.</summary>
    [JsonStringEnumMemberName("differs")]
    Differs,

    /// <summary>It is not configured, and not known yet.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown,
}

/// <summary>The other end of a TE link or data link.</summary>
/// <param name="TeLink">The TE link.</param>
/// <param name="DataLink">The data link; null: the TE link itself.</param>
/// <param name="Neighbor">The neighbour.</param>
/// <param name="LocalId">Our Link_Id or Interface_Id.</param>
/// <param name="ConfiguredRemoteId">The neighbour's as configured; null where it is to be learned.</param>
/// <param name="RemoteId">The neighbour's as it is to be written down; null where it is not known.</param>
/// <param name="Status">How it came to be known.</param>
/// <param name="Text">What is to be said about it; empty where it is configured.</param>
internal sealed record LearnedId(
    string TeLink, string? DataLink, string Neighbor, LinkIdentifier LocalId, LinkIdentifier? ConfiguredRemoteId, LinkIdentifier? RemoteId, LearnedStatus Status, string Text)
{
    /// <summary>The other ends of all links: each TE link, then its data links. Pure.</summary>
    public static IReadOnlyList<LearnedId> Of(IReadOnlyList<TeLinkInfo> teLinks, IReadOnlyList<DataLinkInfo> dataLinks)
    {
        var ids = new List<LearnedId>();
        foreach (var teLink in teLinks)
        {
            ids.Add(Of(teLink));
            ids.AddRange(dataLinks.Where(l => l.TeLink == teLink.Name).Select(Of));
        }

        while (Contradict(ids))
        {
        }

        return ids;
    }

    // What was found at different times may contradict itself; a configuration must not. What goes back to its configured id may contradict another.
    private static bool Contradict(List<LearnedId> ids)
    {
        var contradictions = ids.Where(id => id is { DataLink: not null, RemoteId: not null }).GroupBy(id => (id.Neighbor, id.RemoteId)).Where(g => g.Count() > 1).ToList();
        var any = false;
        foreach (var same in contradictions)
        {
            foreach (var id in same.Where(id => id.RemoteId != id.ConfiguredRemoteId))
            {
                var others = string.Join(", ", same.Where(other => other != id).Select(other => other.DataLink));
                ids[ids.IndexOf(id)] = id with { RemoteId = id.ConfiguredRemoteId, Text = $"found: {id.RemoteId}, as is the other end of {others}; verify the TE link" };
                any = true;
            }
        }

        return any;
    }

    private static LearnedId Of(TeLinkInfo link)
    {
        var (status, text) = link.ConfiguredRemoteId is not null ? (LearnedStatus.Configured, "")
            : link.RemoteId is not null ? (LearnedStatus.Learned, "learned")
            : (LearnedStatus.Unknown, $"remote-id: not known yet; {link.Neighbor} has not told it");
        return new LearnedId(link.Name, null, link.Neighbor, link.LocalId, link.ConfiguredRemoteId, link.RemoteId, status, text);
    }

    private static LearnedId Of(DataLinkInfo link)
    {
        var configured = link.ConfiguredRemoteId;
        var (remoteId, status, text) = (configured, link.FoundTransmit, link.FoundReceive) switch
        {
            (null, { } to, { } from) when to != from => (link.RemoteId, LearnedStatus.Differs, Crossed(link)),
            (null, _, _) when link.RemoteId is null => ((LinkIdentifier?)null, LearnedStatus.Unknown, "remote-id: not known yet; verify the TE link"),
            (null, _, _) => (link.FoundTransmit ?? link.FoundReceive ?? link.RemoteId, LearnedStatus.Learned, "learned"),
            ({ } id, { } to, { } from) when to != from => (id, LearnedStatus.Differs, Crossed(link)),
            ({ } id, _, _) when (link.FoundTransmit ?? link.FoundReceive) is { } found && found != id => (found, LearnedStatus.Differs, $"configured: {id}; found: {found}"),
            _ => (configured, LearnedStatus.Configured, ""),
        };
        return new LearnedId(link.TeLink, link.Name, link.Neighbor, link.LocalId, configured, remoteId, status, text);
    }

    private static string Crossed(DataLinkInfo link) =>
        $"found: it transmits to {link.FoundTransmit} and receives from {link.FoundReceive}; put the fibres right first";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LearnedId[]))]
internal sealed partial class LearnedJson : JsonSerializerContext;
