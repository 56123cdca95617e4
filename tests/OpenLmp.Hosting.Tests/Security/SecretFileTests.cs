// RFC 4204 §15.2: "IKE pre-shared authentication key values SHOULD be protected in a manner similar to the user's account password."
using System.Runtime.InteropServices;
using OpenLmp.Hosting.Tests.Http;

namespace OpenLmp.Hosting.Tests;

/// <summary>One rule for every file with a secret in it: each way to break it, and that all of them hold to it.</summary>
public sealed partial class SecretFileTests : IDisposable
{
    private const string Secret = "MarkedSecret-0600";
    private const uint Nobody = 65534;

    private readonly string _directory = Directory.CreateTempSubdirectory("lmp-secret-").FullName;

    private string Path => System.IO.Path.Combine(_directory, "secret");

    [Theory]
    [InlineData("0600", true)]
    [InlineData("0400", true)]
    [InlineData("0700", true)]
    [InlineData("0640", false)]
    [InlineData("0620", false)]
    [InlineData("0610", false)]
    [InlineData("0604", false)]
    [InlineData("0602", false)]
    [InlineData("0601", false)]
    public void Nobody_but_the_owner_gets_at_it(string mode, bool isTaken)
    {
        Write(mode);

        var problem = isTaken ? null : $"{Path} has mode {mode}: others than its owner get at the secret in it; chmod 600 {Path}";
        Assert.Equal(problem, SecretFile.ProblemWith(Path));
        if (isTaken) Assert.Equal(Secret, System.Text.Encoding.ASCII.GetString(SecretFile.Read(Path)));
        else Assert.Equal(problem, Assert.Throws<SecretFileException>(() => SecretFile.Read(Path)).Message);
        Assert.Equal(Secret.Length, SecretFile.ReadPublic(Path).Length);
    }

    [OtherUserFact]
    public void It_belongs_to_root_or_the_daemons_user()
    {
        Write("0600");
        Assert.Equal(0, ChangeOwner(Path, Nobody, Nobody));

        var problem = $"{Path} belongs to user {Nobody}, neither root nor lmpd's own; chown root {Path}, or to lmpd's user";
        Assert.Equal(problem, SecretFile.ProblemWith(Path));
        Assert.Equal(problem, Assert.Throws<SecretFileException>(() => SecretFile.Read(Path)).Message);
        Assert.Null(SecretFile.ProblemWith(Path, Nobody));
        Assert.Equal(Secret.Length, SecretFile.Read(Path, Nobody).Length);
    }

    [Fact]
    public async Task A_pipe_a_directory_and_a_device_are_no_files_with_secrets()
    {
        Assert.Equal(0, MakePipe(Path, 0x180)); // 0600
        foreach (var other in (string[])[Path, _directory, "/dev/null"])
        {
            // Without waiting for somebody to write into the pipe; certificates, too.
            foreach (var read in (Func<byte[]>[])[() => SecretFile.Read(other), () => SecretFile.ReadPublic(other), () => SecretFile.ReadPsk(other)])
            {
                var refused = await Assert.ThrowsAsync<SecretFileException>(() => Task.Run(read).WaitAsync(TimeSpan.FromSeconds(60)));
                Assert.Equal($"{other} is not a regular file; name one", refused.Message);
            }

            Assert.Equal($"{other} is not a regular file; name one", SecretFile.ProblemWith(other));
        }
    }

    [Fact]
    public async Task What_takes_its_place_while_it_is_opened_is_not_read()
    {
        const int Reads = 10_000;
        string[] files = [System.IO.Path.Combine(_directory, "0600"), System.IO.Path.Combine(_directory, "0644")];
        foreach (var file in files)
        {
            File.WriteAllText(file, System.IO.Path.GetFileName(file));
            AccessFiles.SetMode(file, System.IO.Path.GetFileName(file));
        }

        using var done = new CancellationTokenSource();
        File.CreateSymbolicLink(Path, files[0]);
        var swapping = Task.Run(() =>
        {
            var next = System.IO.Path.Combine(_directory, "next");
            for (var i = 1; !done.IsCancellationRequested; i++)
            {
                File.CreateSymbolicLink(next, files[i % 2]);
                File.Move(next, Path, overwrite: true);
            }
        });
        for (var i = 0; i < Reads; i++)
        {
            try
            {
                Assert.Equal("0600", System.Text.Encoding.ASCII.GetString(SecretFile.Read(Path)));
            }
            catch (SecretFileException e)
            {
                Assert.Contains("has mode 0644", e.Message, StringComparison.Ordinal);
            }
        }

        await done.CancelAsync();
        await swapping;
    }

    [Fact]
    public void A_link_is_what_it_leads_to()
    {
        var link = System.IO.Path.Combine(_directory, "link");
        File.CreateSymbolicLink(link, Path);
        Assert.Null(SecretFile.ProblemWith(link));
        Assert.Equal($"there is no file {link}", Assert.Throws<SecretFileException>(() => SecretFile.Read(link)).Message);
        Write("0600");
        Assert.Equal(Secret.Length, SecretFile.Read(link).Length);
        AccessFiles.SetMode(Path, "0644");
        Assert.StartsWith($"{link} has mode 0644", Assert.Throws<SecretFileException>(() => SecretFile.Read(link)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_too_long_or_has_no_key_is_told()
    {
        Write("0600");
        Assert.Equal($"{Path} is longer than 5 bytes", Assert.Throws<SecretFileException>(() => SecretFile.Read(Path, atMost: 5)).Message);
        File.WriteAllText(Path, "\n");
        Assert.Equal($"{Path} is empty", Assert.Throws<SecretFileException>(() => SecretFile.ReadPsk(Path)).Message);
    }

    [Theory]
    [InlineData("api:\n  http: 127.0.0.1:7010\n  tokens: {0}", 5, 11, "tokens: ")]
    [InlineData("api:\n  https: 127.0.0.1:7443\n  anonymous-read: true\n  tls: {{certificate: {1}, key: {0}}}", 0, 0, "key: ")]
    [InlineData("neighbors:\n  - name: oxc2\n    node-id: 10.0.0.2\n    security: ipsec\n    ipsec: {{psk-file: {0}}}\n    control-channels: [ {{id: 1, local: 127.0.0.1, remote: 127.0.0.2}} ]", 7, 23, "")]
    [InlineData("neighbors:\n  - name: oxc2\n    node-id: 10.0.0.2\n    security: ipsec\n    ipsec: {{certificate-file: /n, ca-file: /n, key-file: {0}}}\n    control-channels: [ {{id: 1, local: 127.0.0.1, remote: 127.0.0.2}} ]", 7, 58, "")]
    public void Every_key_that_names_a_secret_holds_to_the_rule(string text, int line, int column, string key)
    {
        Write("0640");
        var certificate = System.IO.Path.Combine(_directory, "certificate");
        File.WriteAllText(certificate, "");
        var configuration = ConfigurationReader.Parse(string.Format(System.Globalization.CultureInfo.InvariantCulture, "node: {{id: 10.0.0.1}}\nlisten: [ 127.0.0.1 ]\n" + text, Path, certificate), "lmpd.yaml");
        var errors = configuration.Errors.Count > 0 ? configuration.Errors : DaemonHost.Check(configuration.Configuration!);

        var error = Assert.Single(errors);
        Assert.Contains($"{key}{Path} has mode 0640: others than its owner get at the secret in it; chmod 600 {Path}", error.Text, StringComparison.Ordinal);
        if (line > 0) Assert.Equal(("lmpd.yaml", line, column), (error.File, error.Line, error.Column));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private void Write(string mode)
    {
        File.WriteAllText(Path, Secret);
        AccessFiles.SetMode(Path, mode);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
