namespace OpenLmp.Hosting.Tests;

/// <summary>A directory with the files of a daemon: its configuration and its API's socket.</summary>
internal sealed class DaemonFiles : IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("lmpd-");

    public string Directory => _directory.FullName;

    public string Configuration => Path.Combine(_directory.FullName, "lmpd.yaml");

    public string Socket => Path.Combine(_directory.FullName, "lmpd.sock");

    /// <summary>Two nodes on loopback addresses of their own, neighbours of each other.</summary>
    public static (DaemonFiles Left, DaemonFiles Right) Pair()
    {
        var (left, right) = (new DaemonFiles(), new DaemonFiles());
        var (a, b) = (SocketRig.FreshLoopback(), SocketRig.FreshLoopback());
        left.Write("oxc1", "10.0.0.1", a, "oxc2", "10.0.0.2", b);
        right.Write("oxc2", "10.0.0.2", b, "oxc1", "10.0.0.1", a);
        return (left, right);
    }

    public string Read() => File.ReadAllText(Configuration);

    public void Write(string text) => File.WriteAllText(Configuration, text);

    public void Dispose() => _directory.Delete(recursive: true);

    private void Write(string name, string id, string local, string neighbor, string neighborId, string remote) => Write($"""
        node: {"{"}id: {id}, name: {name}{"}"}
        listen: [ "{local}:7010" ]
        api: {"{"}socket: {Socket}{"}"}
        neighbors:
          - name: {neighbor}
            node-id: {neighborId}
            control-channels:
              - {"{"}id: 1, local: "{local}:7010", remote: "{remote}:7010", hello-interval: 150ms, hello-dead-interval: 2s{"}"}

        """);
}
