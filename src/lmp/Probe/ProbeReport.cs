using System.Globalization;
using System.Text.Json;
using OpenLmp.Cli.Decode;
using OpenLmp.Wire;

namespace OpenLmp.Cli.Probe;

/// <summary>Writes what a probe found.</summary>
internal static class ProbeReport
{
    /// <summary>For people: the result, what it means, and the next step.</summary>
    public static void WriteText(ProbeOutcome outcome, Stream output)
    {
        var text = new Utf8Text();
        text.Text(Route.TextOf(outcome.Target)).Text(" "u8).Text(ProbeWords.Name(outcome.Result));
        if (outcome.RoundTrip is { } time) text.Text(" after "u8).Text(time.TotalMilliseconds.ToString("0.00", CultureInfo.InvariantCulture)).Text(" ms"u8);
        if (outcome.Answer is { } answer) text.Text(": "u8).Text(ProbeWords.InALine(answer));
        text.EndLine();
        var (finding, next) = ProbeWords.Explain(outcome);
        text.Text(finding).EndLine();
        text.Text("Next: "u8).Text(next).EndLine();
        new ByteOutput(output).Write(text.Written);
    }

    /// <summary>For machines: one JSON object.</summary>
    public static void WriteJson(ProbeOutcome outcome, Stream output)
    {
        var line = new Utf8Text();
        using (var json = new Utf8JsonWriter(line, MessageJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("address", outcome.Target.Address.ToString());
            json.WriteNumber("port", outcome.Target.Port);
            if (outcome.Local is { } local) json.WriteString("local", local.ToString());
            else json.WriteNull("local");
            json.WriteString("nodeId", outcome.Sent.LocalNodeId.ToString());
            json.WriteString("result", ProbeWords.Name(outcome.Result));
            if (outcome.RoundTrip is { } time) json.WriteNumber("rttMs", Math.Round(time.TotalMilliseconds, 3));
            else json.WriteNull("rttMs");
            Message(json, outcome.Answer);
            var (finding, next) = ProbeWords.Explain(outcome);
            json.WriteString("text", finding);
            json.WriteString("next", next);
            json.WriteEndObject();
        }

        line.EndLine();
        new ByteOutput(output).Write(line.Written);
    }

    private static void Message(Utf8JsonWriter json, byte[]? answer)
    {
        if (answer is null)
        {
            json.WriteNull("message");
            return;
        }

        json.WriteStartObject("message");
        var writer = new MessageJson(json);
        if (LmpMessage.TryDecode(answer, out var message, out var error)) writer.Write(message, answer.Length);
        else writer.WriteMalformed(answer, error);
        json.WriteEndObject();
    }
}
