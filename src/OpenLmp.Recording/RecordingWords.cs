using System.Text.Json.Nodes;
using OpenLmp.Protocol;

namespace OpenLmp.Recording;

/// <summary>Inputs and outputs in words: what they are, and their members as they are in the recording.</summary>
public static class RecordingWords
{
    /// <summary>Such as <c>transport-up channel 1</c>.</summary>
    public static string Of(NodeInput input) => Of(new RecordedLine { In = input }, "in");

    /// <summary>Such as <c>open channel 1 slot 0</c>.</summary>
    public static string Of(NodeOutput output) => Of(new RecordedLine { Out = output }, "out");

    private static string Of(RecordedLine line, string part)
    {
        var members = JsonNode.Parse(RecordingJson.Text(line))![part]!.AsObject();
        return string.Join(' ', members.Select(m => m.Key == "is" ? $"{m.Value}" : $"{m.Key} {Text(m.Value)}"));
    }

    private static string Text(JsonNode? value) => value switch
    {
        JsonArray array => string.Join(',', array.Select(Text)),
        JsonObject => value.ToJsonString(),
        _ => $"{value}",
    };
}
