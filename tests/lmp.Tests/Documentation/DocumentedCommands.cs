using System.Text.RegularExpressions;

namespace OpenLmp.Cli.Tests.Documentation;

/// <summary>A command as it stands in the documentation.</summary>
/// <param name="File">The file, from the root of the tree.</param>
/// <param name="Text">The command by itself: without prompt, comment, and what its output goes into.</param>
internal sealed record DocumentedCommand(string File, string Text)
{
    public override string ToString() => $"{File}: {Text}";
}

/// <summary>Finds the commands in the fenced blocks of Markdown: lines after a prompt where a block has any, otherwise all lines of a block that begins with a command.</summary>
internal static partial class DocumentedCommands
{
    // What a line of a block without a prompt begins with, if the block is one of commands.
    private static readonly string[] Beginnings =
        ["lmp ", "lmpd ", "curl ", "artifacts/bin/", "dotnet ", "ip ", "sudo ", "export ", "for ", "tcpdump ", "cable", "kill ", "sed ", "session=", "examples/", "./build.sh"];

    /// <summary>Of all documents, each command once in each.</summary>
    public static IReadOnlyList<DocumentedCommand> All()
    {
        string[] files = [Path.Combine(SourceTree.Root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "docs"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        return [.. files.SelectMany(file => In(Path.GetRelativePath(SourceTree.Root, file), File.ReadAllText(file))).Distinct()];
    }

    /// <summary>The lmp, lmpd and curl commands of one document.</summary>
    public static IEnumerable<DocumentedCommand> In(string file, string markdown) =>
        from Match block in Block().Matches(markdown)
        where block.Groups[1].Value is "" or "sh" or "console"
        from line in Lines(block.Groups[2].Value.Replace("\\\n", " ", StringComparison.Ordinal).Replace("2>&1", "", StringComparison.Ordinal))
        from command in Split(line)
        where Own().IsMatch(command)
        select new DocumentedCommand(file, command);

    /// <summary>The words of a command as a shell takes them: quotes hold together and go away.</summary>
    public static string[] Words(string command)
    {
        var (words, word, quote, any) = (new List<string>(), "", '\0', false);
        foreach (var c in command)
        {
            if (quote != '\0' && c == quote) quote = '\0';
            else if (quote == '\0' && c is '\'' or '"' && quote == '\0') (quote, any) = (c, true);
            else if (quote == '\0' && c == ' ')
            {
                if (word.Length > 0 || any) words.Add(word);
                (word, any) = ("", false);
            }
            else word += c;
        }

        if (word.Length > 0 || any) words.Add(word);
        return [.. words];
    }

    private static IEnumerable<string> Lines(string block)
    {
        var lines = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Any(l => l.StartsWith("$ ", StringComparison.Ordinal))) return lines.Where(l => l.StartsWith("$ ", StringComparison.Ordinal)).Select(l => l[2..]);
        return Beginnings.Any(b => lines[0].StartsWith(b, StringComparison.Ordinal)) ? lines : [];
    }

    // The commands of a line: apart from what is piped into one another, follows, is behind a comment, or is somebody else's output.
    private static IEnumerable<string> Split(string line)
    {
        var (part, quote) = ("", '\0');
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0' && c == quote) quote = '\0';
            else if (quote == '\0' && c is '\'' or '"' && quote == '\0') quote = c;
            else if (quote == '\0' && (c is '|' or ';' or '&' or '(' or ')' || (c == '#' && (i == 0 || line[i - 1] == ' '))))
            {
                yield return Clean(part);
                part = "";
                if (c == '#') yield break;
                continue;
            }

            part += c;
        }

        yield return Clean(part);
    }

    // Redirections, the words of loops, and what a command is run by.
    private static string Clean(string part) => Around().Replace(Redirection().Replace(part, ""), "").Trim()
        .Replace("dotnet run -c Release --project src/lmp --", "lmp", StringComparison.Ordinal).Replace("artifacts/bin/", "", StringComparison.Ordinal);

    [GeneratedRegex("^```([a-z]*)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^(lmp|lmpd|curl)( |$)")]
    private static partial Regex Own();

    [GeneratedRegex(@"\s\d?>>?\s*\S+")]
    private static partial Regex Redirection();

    [GeneratedRegex(@"^\s*(do |ip netns exec \S+ |sudo )")]
    private static partial Regex Around();
}
