using OpenLmp.Daemon;

namespace OpenLmp.Cli.Manual;

/// <summary>lmpd(8), made from lmpd's own usage text: what it says of options, signals and exit statuses is said once.</summary>
internal static class DaemonPage
{
    private static readonly (string File, string Meaning)[] Files =
    [
        ("/etc/lmpd/lmpd.yaml", "The configuration, where packages have it; -c names any other. YAML; lmp config check reads it as lmpd does."),
        (CliContext.DefaultSocket, "The socket of the API, where the configuration's api: socket: says so: what lmp talks to."),
        ("/var/lib/lmpd/lmpd.db", "What was confirmed and survives restarts, where the configuration's state: says so."),
    ];

    /// <summary>The product and its version.</summary>
    public static string Source => $"OpenLMP{CommandLine.Version["lmpd".Length..]}";

    /// <summary>The page.</summary>
    public static RoffPage Create(DateOnly date)
    {
        var page = new RoffPage("lmpd", 8, date, Source);
        var (usage, lines) = (CommandLine.Usage["usage: ".Length..], CommandLine.Help.Split('\n').Skip(1).Where(l => l.Length > 0).ToArray());
        page.Purpose("daemon of the Link Management Protocol");
        page.Section("SYNOPSIS");
        page.Call(usage);
        page.Section("DESCRIPTION");
        foreach (var line in lines.Where(l => KindOf(l) == Kind.Text)) page.Paragraph(line);
        page.Section("OPTIONS");
        foreach (var (term, meaning) in Options(lines)) page.Item(term, Sentence(meaning));
        page.Section("SIGNALS");
        foreach (var line in lines.Where(l => KindOf(l) == Kind.Signal))
        {
            var end = line.LastIndexOf("SIG", StringComparison.Ordinal);
            end = line.IndexOf(' ', end);
            page.Item(line[..end], Sentence(line[(end + 1)..]));
        }

        page.Section("EXIT STATUS");
        foreach (var line in lines.Where(l => KindOf(l) == Kind.ExitStatus))
            foreach (var status in line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimEnd('.').Split(','))
                page.Item(status.Trim().Split(' ')[0], Sentence(status.Trim().Split(' ', 2)[1]));
        page.Section("FILES");
        foreach (var (file, meaning) in Files) page.Item(file, meaning);
        page.Section("SEE ALSO");
        page.Paragraph("lmp(1), lmp-show(1), lmp-config(1), lmp-replay(1)");
        page.Paragraph("RFC 4204, Link Management Protocol (LMP); RFC 4207, 4209, 5818 and 6898.");
        return page;
    }

    private enum Kind
    {
        Text,
        Option,
        Signal,
        ExitStatus,
    }

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";

    private static Kind KindOf(string line) =>
        line.StartsWith(' ') ? Kind.Option
        : line.StartsWith("SIG", StringComparison.Ordinal) ? Kind.Signal
        : line.StartsWith("Exit status:", StringComparison.Ordinal) ? Kind.ExitStatus
        : Kind.Text;

    private static IEnumerable<(string Term, string Meaning)> Options(IEnumerable<string> lines)
    {
        (string Term, string Meaning)? last = null;
        foreach (var line in lines.Where(l => KindOf(l) == Kind.Option).Select(l => l.Trim()))
        {
            // What does not begin with an option goes on where the line before ended.
            if (!line.StartsWith('-') && last is { } begun)
            {
                last = (begun.Term, $"{begun.Meaning} {line}");
                continue;
            }

            if (last is { } complete) yield return complete;
            var gap = line.IndexOf("  ", StringComparison.Ordinal);
            last = (line[..gap], line[gap..].Trim());
        }

        if (last is { } end) yield return end;
    }
}
