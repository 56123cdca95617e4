using System.CommandLine;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli;

/// <summary>What every verb has at hand: the terminal and the options before the verb.</summary>
internal sealed class CliContext(Terminal terminal)
{
    private const string DefaultSocket = "/run/lmpd/lmpd.sock";

    private readonly Option<string?> _socket = new("--socket")
    {
        Description = $"The daemon's Unix socket. Default: {DefaultSocket}; environment: LMP_SOCKET.",
        HelpName = "PATH",
        Recursive = true,
    };

    private readonly Option<string?> _server = new("--server")
    {
        Description = "The daemon's API over TCP instead, such as http://127.0.0.1:7010. Environment: LMP_SERVER.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json", "-j")
    {
        Description = "JSON: one array for show, one object a line for streams.",
        Recursive = true,
    };

    /// <summary>Where to write.</summary>
    public Terminal Terminal { get; } = terminal;

    /// <summary>Adds the options to the root command.</summary>
    public void AddOptionsTo(Command root)
    {
        root.Options.Add(_socket);
        root.Options.Add(_server);
        root.Options.Add(_json);
    }

    /// <summary>The option for JSON, for verbs that look at it themselves.</summary>
    public Option<bool> Json => _json;

    /// <summary>Whether machines read the output.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>A client of the daemon the options and the environment name: the command line wins over the environment.</summary>
    /// <exception cref="CliException">The URL is none, or socket and URL are both given.</exception>
    public ApiClient Connect(ParseResult parsed)
    {
        var (url, path) = (parsed.GetValue(_server), parsed.GetValue(_socket));
        if (url is not null && path is not null)
            throw new CliException(ExitCode.BadUsage, "--socket and --server exclude each other: a daemon is reached one way or the other.");
        if (url is not null) return ApiClient.OverTcp(url);
        if (path is not null) return ApiClient.OverUnixSocket(path);
        if (Terminal.Variable("LMP_SERVER") is { Length: > 0 } urlVariable) return ApiClient.OverTcp(urlVariable);
        return ApiClient.OverUnixSocket(Terminal.Variable("LMP_SOCKET") is { Length: > 0 } pathVariable ? pathVariable : DefaultSocket);
    }
}
