using System.Text;

namespace OpenLmp.Hosting.Tests;

public sealed class FileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("openlmp-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Reads_a_file()
    {
        var path = Write("lmpd.yaml", Encoding.UTF8.GetBytes(CompleteExample.Text));

        var result = ConfigurationReader.Load(path);

        Assert.True(result.IsValid);
        Assert.Equal(Reading.Good(CompleteExample.Text) with { FilePath = path }, result.Configuration);
    }

    [Theory]
    [InlineData("none.yaml", "there is no such file")]
    [InlineData("none/lmpd.yaml", "there is no such file")]
    [InlineData("", "it is a directory")]
    [InlineData("a\0b", "this is no file name")]
    public void A_file_that_cannot_be_read_is_an_error(string name, string why)
    {
        var path = Path.Combine(_directory, name);

        Assert.Equal([$"{path}:1:1: the file cannot be read: {why}"], ConfigurationReader.Load(path).Errors.Select(e => e.ToString()));
    }

    [Fact]
    public void No_name_is_an_error() =>
        Assert.Equal([":1:1: the file cannot be read: this is no file name"], ConfigurationReader.Load("").Errors.Select(e => e.ToString()));

    [Fact]
    public void What_never_ends_is_no_configuration() =>
        Assert.Equal(["/dev/zero:1:1: the file cannot be read: it is larger than 16 MiB, too large for a configuration"],
            ConfigurationReader.Load("/dev/zero").Errors.Select(e => e.ToString()));

    [Fact]
    public void Bytes_that_are_no_text_are_told_with_their_place()
    {
        var path = Write("latin1.yaml", [.. Encoding.UTF8.GetBytes("node:\n  é: "), 0xE9, .. "\n"u8]);

        Assert.Equal([$"{path}:2:6: this byte is not UTF-8; save the file as UTF-8 text"], ConfigurationReader.Load(path).Errors.Select(e => e.ToString()));
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
