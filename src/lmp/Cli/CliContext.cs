using System.CommandLine;
using System.CommandLine.Completions;
using OpenLmp.Cli.Client;
using OpenLmp.Cli.Completion;

namespace OpenLmp.Cli;

/// <summary>What every verb has at hand: the terminal and the options before the verb.</summary>
internal sealed class CliContext(Terminal terminal)
{
    /// <summary>Where the daemon is, unless it is said otherwise.</summary>
    public const string DefaultSocket = "/run/lmpd/lmpd.sock";

    private readonly Option<string[]> _socket = new("--socket")
    {
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = $"The daemon's Unix socket. Default: {DefaultSocket}; environment: LMP_SOCKET.",
        HelpName = "PATH",
        Recursive = true,
    };

    private readonly Option<string[]> _server = new("--server")
    {
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        Description = "The daemon's API over TCP instead, such as http://127.0.0.1:7010 or https://192.0.2.1:7443. Environment: LMP_SERVER.",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _tokenFile = File("--token-file", "With --server: the file of the token that is shown to the daemon. Environment: LMP_TOKEN, the token itself.");

    private readonly Option<string?> _ca = File("--ca", "With --server https://...: the file (PEM) of who signed the daemon's certificate. Default: those this machine trusts.");

    private readonly Option<string?> _cert = File("--cert", "With --server https://...: the file (PEM) of the certificate that is shown to the daemon.");

    private readonly Option<string?> _key = File("--key", "The file (PEM) of the key of --cert. Default: the same file.");

    private readonly Option<bool> _json = new("--json", "-j")
    {
        Description = "JSON: one array for show, one object a line for streams.",
        Recursive = true,
    };

    private readonly Option<string> _color = Color();

    /// <summary>Where to write; with the colours that the command line asks for, once it is read.</summary>
    public Terminal Terminal { get; private set; } = terminal;

    /// <summary>Adds the options to the root command.</summary>
    public void AddOptionsTo(Command root)
    {
        root.Options.Add(_socket);
        root.Options.Add(_server);
        foreach (var option in (Option[])[_tokenFile, _ca, _cert, _key]) root.Options.Add(option);
        root.Options.Add(_json);
        root.Options.Add(_color);
    }

    /// <summary>Takes in what the command line says about how to write.</summary>
    public void Apply(ParseResult parsed)
    {
        // Not by its value, which help is shown without, too.
        if (parsed.GetResult(_color) is { Tokens: [.., var when] }) Terminal = Terminal with { Colors = ColorsWanted(when.Value, Terminal.Colors) };
    }

    /// <summary>The option for JSON, for verbs that look at it themselves.</summary>
    public Option<bool> Json => _json;

    /// <summary>Whether machines read the output.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>A client of the daemon the options and the environment name: the command line wins over the environment.</summary>
    /// <exception cref="CliException">The URL is none, or several daemons are named.</exception>
    public ApiClient Connect(ParseResult parsed)
    {
        var targets = Targets(parsed);
        if (targets.Select(target => target.IsSocket).Distinct().Count() > 1)
            throw new CliException(ExitCode.BadUsage, "--socket and --server exclude each other: a daemon is reached one way or the other.");
        if (targets.Count > 1) throw new CliException(ExitCode.BadUsage, $"{(targets[0].IsSocket ? "--socket" : "--server")} is given {targets.Count} times: this verb asks one daemon.");
        return targets[0].Connect();
    }

    /// <summary>Whether the command line itself names a daemon.</summary>
    public bool NamesTarget(ParseResult parsed) => Values(parsed, _server).Length + Values(parsed, _socket).Length > 0;

    /// <summary>The daemons the options name; without any, the one of the environment. For verbs that ask several.</summary>
    public IReadOnlyList<Target> Targets(ParseResult parsed)
    {
        if (NamesTarget(parsed))
            return [.. Values(parsed, _server).Select(url => new Target(url, IsSocket: false) { Credentials = Credentials(parsed) }), .. Values(parsed, _socket).Select(path => new Target(path, IsSocket: true))];
        if (Terminal.Variable("LMP_SERVER") is { Length: > 0 } url) return [new Target(url, IsSocket: false) { Credentials = Credentials(parsed) }];
        return [new Target(Terminal.Variable("LMP_SOCKET") is { Length: > 0 } path ? path : DefaultSocket, IsSocket: true)];
    }

    /// <summary>Where names to complete come from: the daemon that the words before name.</summary>
    /// <param name="words">Of which objects: words of the API.</param>
    public Func<CompletionContext, IEnumerable<CompletionItem>> NamesOf(params string[] words) =>
        completion => ObjectNames.Ask(this, completion.ParseResult, words);

    private static bool ColorsWanted(string when, bool otherwise) => when switch { "always" => true, "never" => false, _ => otherwise };

    private static Option<string> Color()
    {
        var color = new Option<string>("--color")
        {
            Description = "Colours: always, never, or auto: on a terminal, unless NO_COLOR is set.",
            HelpName = "auto|always|never",
            DefaultValueFactory = _ => "auto",
            Recursive = true,
        };
        color.AcceptOnlyFromAmong("auto", "always", "never");
        return color;
    }

    /// <summary>What a daemon over TCP is shown.</summary>
    public Credentials Credentials(ParseResult parsed) => new(
        Terminal.Variable("LMP_TOKEN") is { Length: > 0 } token ? token : null,
        parsed.GetValue(_tokenFile),
        parsed.GetValue(_ca),
        parsed.GetValue(_cert),
        parsed.GetValue(_key));

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "FILE", Recursive = true };

    private static string[] Values(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) ?? [];
}
