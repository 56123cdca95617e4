namespace OpenLmp.Cli.Client;

/// <summary>A daemon that the command line names.</summary>
/// <param name="Address">A Unix socket's path, or a URL.</param>
/// <param name="IsSocket">Which of the two.</param>
/// <param name="Name">The node's name, where the command line says it.</param>
internal sealed record Target(string Address, bool IsSocket, string? Name = null)
{
    /// <summary>What to call it in messages.</summary>
    public string Label => Name ?? Address;

    /// <summary>What a daemon at a URL is shown.</summary>
    public Credentials Credentials { get; init; } = new();

    /// <summary>A client of it.</summary>
    /// <exception cref="CliException">The URL is none, or the credentials cannot be used.</exception>
    public ApiClient Connect() => IsSocket ? ApiClient.OverUnixSocket(Address) : ApiClient.OverTcp(Address, Credentials);

    /// <summary>Takes <c>NAME=ADDRESS</c>: an address with a slash at its beginning, or a dot and a slash, is a socket's path.</summary>
    /// <exception cref="CliException">It is nothing of the kind.</exception>
    public static Target Parse(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0 || equals == text.Length - 1)
            throw new CliException(ExitCode.BadUsage, $"'{text}' names no node: write NAME=SOCKET or NAME=URL, such as oxc2=https://192.0.2.2:7443.");
        var address = text[(equals + 1)..];
        return new Target(address, address[0] is '/' || address.StartsWith("./", StringComparison.Ordinal) || address.StartsWith("../", StringComparison.Ordinal), text[..equals]);
    }
}
