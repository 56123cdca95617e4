using System.Text;
using System.Text.Json;
using OpenLmp.Cli.Decode;
using OpenLmp.Cli.Tests.Capture;

namespace OpenLmp.Cli.Tests.Decode;

/// <summary>Runs <c>lmp decode</c> over a capture made in memory.</summary>
internal sealed record Run(int ExitCode, string[] Lines, string[] Errors)
{
    /// <summary>Decodes datagrams from 10.255.0.1:701 to 10.255.0.2:701.</summary>
    public static Run Of(DecodeOptions options, params ReadOnlySpan<byte[]> payloads)
    {
        var writer = new PcapWriter();
        foreach (var payload in payloads) writer.Packet(Packets.Usual(payload), 1_700_000_000, 123_456);
        return OfFile(writer.Bytes, options);
    }

    /// <summary>Decodes a file.</summary>
    public static Run OfFile(byte[] file, DecodeOptions? options = null)
    {
        using var output = new MemoryStream();
        using var errors = new StringWriter { NewLine = "\n" };
        var exitCode = DecodeRun.Execute(new MemoryStream(file), "test.pcap", options ?? Text, output, errors);
        return new Run(exitCode, Split(Encoding.UTF8.GetString(output.ToArray())), Split(errors.ToString()));
    }

    public static DecodeOptions Text => new(PortFilter.Default);

    public static DecodeOptions Verbose => new(PortFilter.Default, Verbose: true);

    public static DecodeOptions Json => new(PortFilter.Default, Json: true);

    /// <summary>What a line says about a message, without number, time and addresses.</summary>
    public static string Words(byte[] payload)
    {
        const string start = "     1 22:13:20.123456 10.255.0.1:701 > 10.255.0.2:701 ";
        var line = Assert.Single(Of(Text, payload).Lines);
        Assert.StartsWith(start, line, StringComparison.Ordinal);
        return line[start.Length..];
    }

    /// <summary>The JSON object of a message.</summary>
    public static JsonElement JsonOf(byte[] payload) => JsonDocument.Parse(Assert.Single(Of(Json, payload).Lines)).RootElement;

    private static string[] Split(string text)
    {
        if (text.Length == 0) return [];
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        return text[..^1].Split('\n');
    }
}
