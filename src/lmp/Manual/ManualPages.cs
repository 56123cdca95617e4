using System.CommandLine;

namespace OpenLmp.Cli.Manual;

/// <summary>The manual, made from the commands themselves: a page for <c>lmp</c>, one for each verb, one for <c>lmpd</c>.</summary>
/// <param name="root">The commands.</param>
/// <param name="date">Of the pages.</param>
internal sealed class ManualPages(RootCommand root, DateOnly date)
{
    private static readonly (string Code, string Meaning)[] ExitCodes =
    [
        ("0", "Done; the answer is yes."),
        ("1", "The answer is no: refused, not found, malformed. The reason is on standard error, or is the answer itself."),
        ("2", "The command line, or the file it names, is wrong."),
        ("3", "No daemon answers, or it went away."),
    ];

    private static string Source => DaemonPage.Source;

    /// <summary>All pages, that of <c>lmp</c> first.</summary>
    public IEnumerable<RoffPage> All() => Verbs.Select(Page).Prepend(Overview()).Append(DaemonPage.Create(date));

    private IEnumerable<Command> Verbs => root.Subcommands.Where(c => !c.Hidden);

    private RoffPage Overview()
    {
        var page = new RoffPage("lmp", 1, date, Source);
        page.Purpose("client of the LMP daemon, and tools for the Link Management Protocol");
        page.Section("SYNOPSIS");
        page.Call($"lmp {string.Join(' ', Global().Select(o => $"[{CommandWords.Names(o).Split(", ")[^1]}]"))} VERB ...");
        page.Section("DESCRIPTION");
        page.Paragraph(root.Description!);
        page.Paragraph("Results go to standard output, errors and progress to standard error. On a terminal tables fit its width and states have colours; "
            + "what is piped is plain, one row a line, as wide as it is.");
        page.Section("VERBS");
        foreach (var verb in Verbs) page.Item(verb.Name, $"{CommandWords.Purpose(verb)}. See lmp-{verb.Name}(1).");
        page.Section("OPTIONS");
        page.Paragraph("They may stand before or after the verb.");
        foreach (var option in root.Options.Where(o => !o.Hidden)) page.Item(CommandWords.Names(option), CommandWords.Meaning(option));
        page.Section("EXIT STATUS");
        foreach (var (code, meaning) in ExitCodes) page.Item(code, meaning);
        page.Section("ENVIRONMENT");
        page.Item("LMP_SOCKET", "The daemon's Unix socket, where neither --socket nor --server says otherwise.");
        page.Item("LMP_SERVER", "The URL of the daemon's API, likewise; it wins over LMP_SOCKET.");
        page.Item("LMP_COMPLETION_TIMEOUT", "How many seconds a shell waits for a daemon's names when it completes; 1 by default.");
        page.Item("NO_COLOR", "Where it is set and not empty, terminals get no colours, unless --color always says so.");
        page.Section("FILES");
        page.Item(CliContext.DefaultSocket, "The daemon's Unix socket, unless its configuration says otherwise. It is for its owner and group.");
        Examples(page, "lmp");
        SeeAlso(page, [.. Verbs.Select(v => $"lmp-{v.Name}(1)"), "lmpd(8)"]);
        return page;
    }

    private RoffPage Page(Command verb)
    {
        var page = new RoffPage($"lmp-{verb.Name}", 1, date, Source);
        page.Purpose(CommandWords.Purpose(verb));
        var leaves = CommandWords.Leaves(verb, $"lmp {verb.Name}").ToArray();
        page.Section("SYNOPSIS");
        foreach (var (path, leaf) in leaves) page.Call(CommandWords.Call(path, leaf));
        page.Section("DESCRIPTION");
        page.Paragraph(verb.Description!);
        if (leaves is [(_, var only)] && only == verb)
        {
            Symbols(page, verb, "OPTIONS");
        }
        else
        {
            page.Section("COMMANDS");
            foreach (var (path, leaf) in leaves)
            {
                page.Part(path["lmp ".Length..]);
                page.Paragraph(leaf.Description!);
                Symbols(page, leaf, null);
            }
        }

        page.Section(leaves is [(_, var one)] && one == verb ? "OPTIONS OF EVERY VERB" : "OPTIONS");
        foreach (var option in Global()) page.Item(CommandWords.Names(option), CommandWords.Meaning(option));
        page.Section("EXIT STATUS");
        foreach (var (code, meaning) in ExitCodes) page.Item(code, meaning);
        Examples(page, verb.Name);
        SeeAlso(page, ["lmp(1)", "lmpd(8)"]);
        return page;
    }

    private static void Symbols(RoffPage page, Command command, string? title)
    {
        var (arguments, options) = (command.Arguments.Where(a => !a.Hidden).ToArray(), CommandWords.Own(command).ToArray());
        if (title is not null && arguments.Length > 0) page.Section("ARGUMENTS");
        foreach (var argument in arguments) page.Item(argument.Name, argument.Description!);
        if (title is not null && options.Length > 0) page.Section(title);
        foreach (var option in options) page.Item(CommandWords.Names(option), CommandWords.Meaning(option));
    }

    private IEnumerable<Option> Global() => root.Options.Where(o => o.Recursive);

    private static void Examples(RoffPage page, string name)
    {
        page.Section("EXAMPLES");
        foreach (var (line, meaning) in ManualExamples.All[name])
        {
            page.Paragraph(meaning);
            page.Example(line);
        }
    }

    private static void SeeAlso(RoffPage page, IEnumerable<string> pages)
    {
        page.Section("SEE ALSO");
        page.Paragraph(string.Join(", ", pages));
        page.Paragraph("RFC 4204, Link Management Protocol (LMP); RFC 4207, 4209, 5818 and 6898.");
    }
}
