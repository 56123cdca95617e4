using System.Text.Json.Nodes;
using OpenLmp.Protocol;

namespace OpenLmp.Recording;

/// <summary>
/// Fills in what a line leaves out, with the value a record has by itself: deserializing would take zero. A recording from before a property
/// existed means that, too, and one written by hand need not repeat it.
/// </summary>
internal static class Defaults
{
    private static readonly JsonObject Options = Sample(new RecordedLine { Start = new RecordingStart { Options = new NodeOptions() } }, "start", "options");

    private static readonly JsonObject Node = Sample(
        new RecordedLine
        {
            In = new ReconfigureInput(new NodeConfiguration
            {
                NodeId = default,
                Name = "",
                Neighbors = [new NeighborConfiguration { Name = "", NodeId = default, ControlChannels = [new ControlChannelConfiguration { Id = 0, Local = default, Remote = default }] }],
                TeLinks = [new TeLinkConfiguration { Name = "", Neighbor = "", LocalId = default, DataLinks = [new DataLinkConfiguration { Name = "", LocalId = default }] }],
            }),
        },
        "in",
        "configuration");

    /// <summary>Fills in what a line leaves out of configurations and options.</summary>
    public static void FillIn(JsonObject line)
    {
        if (line["start"] is JsonObject start)
        {
            if (start["options"] is JsonObject options) Complete(options, Options);
            if (start["node"] is JsonObject node) Complete(node, Node);
        }

        if (line["in"]?["configuration"] is JsonObject configuration) Complete(configuration, Node);
    }

    private static JsonObject Sample(RecordedLine line, string first, string second) => JsonNode.Parse(RecordingJson.Text(line))![first]![second]!.AsObject();

    // Of a list, the sample has one element, which each element is like; lists themselves are empty by default.
    private static void Complete(JsonObject value, JsonObject sample)
    {
        foreach (var (name, wanted) in sample)
        {
            switch (value[name], wanted)
            {
                case (null, JsonArray):
                    break;
                case (null, _) when !IsRequired(name):
                    value[name] = wanted?.DeepClone();
                    break;
                case (JsonObject inner, JsonObject innerSample):
                    Complete(inner, innerSample);
                    break;
                case (JsonArray elements, JsonArray { Count: 1 } samples) when samples[0] is JsonObject elementSample:
                    foreach (var element in elements.OfType<JsonObject>()) Complete(element, elementSample);
                    break;
            }
        }
    }

    // These have no default: leaving one out is an error to be reported.
    private static bool IsRequired(string name) => name is "nodeId" or "name" or "id" or "local" or "remote" or "neighbor" or "localId";
}
