using System.CommandLine;
using OpenLmp.Cli.Decode;
using OpenLmp.Cli.Tests.Capture;

namespace OpenLmp.Cli.Tests.Decode;

public sealed class DecodeCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-decode").FullName;
    private readonly StringWriter _errors = new() { NewLine = "\n" };

    [Theory]
    [InlineData("decode")]
    [InlineData("decode a b")]
    [InlineData("decode a --port 0")]
    [InlineData("decode a --port 65536")]
    [InlineData("decode a --port -1")]
    [InlineData("decode a --port all")]
    [InlineData("decode a --colour")]
    public void Refuses(string line) => Assert.NotEmpty(Parse(line).Errors);

    [Theory]
    [InlineData("decode a")]
    [InlineData("decode - -v")]
    [InlineData("decode a -j --port any")]
    [InlineData("decode a --json --verbose --port 65535")]
    public void Accepts(string line) => Assert.Empty(Parse(line).Errors);

    [Fact]
    public void Says_what_would_be_right() =>
        Assert.Equal("--port all: expected a port number, 1-65535, or any", Assert.Single(Parse("decode a --port all").Errors).Message);

    [Fact]
    public void Says_why_a_file_cannot_be_read()
    {
        var missing = Path.Combine(_directory, "missing.pcap");
        Assert.Equal(2, Invoke($"decode {missing}"));
        Assert.Equal($"lmp decode: {missing}: no such file\n", Errors());
        Assert.Equal(2, Invoke($"decode {missing}/below"));
        Assert.Equal($"lmp decode: {missing}/below: no such file\n", Errors());
        Assert.Equal(2, Invoke($"decode {_directory}"));
        Assert.Equal($"lmp decode: {_directory}: is a directory\n", Errors());
    }

    [Fact]
    public void Reads_a_file()
    {
        var path = Path.Combine(_directory, "empty.pcapng");
        File.WriteAllBytes(path, new PcapngWriter().Bytes);
        Assert.Equal(0, Invoke($"decode {path}"));
        Assert.Equal("0 messages, 0 malformed, 0 other packets\n", Errors());
    }

    [Theory]
    [InlineData("any", null)]
    [InlineData("701", 701)]
    public void A_port_filter_reads_as_it_is_written(string text, int? port)
    {
        Assert.True(PortFilter.TryParse(text, out var filter));
        Assert.Equal(port, filter.Port);
        Assert.Equal(text, filter.ToString());
    }

    public void Dispose()
    {
        _errors.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private ParseResult Parse(string line) =>
        LmpCli.Root(new CliContext(new Terminal { Out = TextWriter.Null, Error = _errors })).Parse(line.Split(' '));

    private int Invoke(string line) => Parse(line).Invoke(new InvocationConfiguration { Error = _errors });

    private string Errors()
    {
        var text = _errors.ToString();
        _errors.GetStringBuilder().Clear();
        return text;
    }
}
