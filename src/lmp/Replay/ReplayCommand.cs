using System.CommandLine;
using OpenLmp.Recording;

namespace OpenLmp.Cli.Replay;

/// <summary><c>lmp replay</c>: a recording of <c>lmpd --record</c>, run again.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "A recording of lmpd --record; - reads standard input." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only the verdict." };
        var command = new Command(
            "replay",
            "Run a recording of lmpd --record again, on virtual time: every input and what came of it, a line each. Exit code 1 if that is not what was recorded.")
        {
            file,
            quiet,
        };
        command.SetAction(parsed => Run(context, parsed.GetRequiredValue(file), parsed.GetValue(quiet), context.IsJson(parsed)));
        return command;
    }

    private static int Run(CliContext context, string path, bool quiet, bool json)
    {
        try
        {
            using var text = path == "-" ? Console.In : Open(path);
            return Run(context.Terminal, new RecordingReader(text, path), path, quiet, json);
        }
        catch (RecordingException e)
        {
            throw new CliException(ExitCode.BadUsage, e.Message);
        }
    }

    private static int Run(Terminal terminal, RecordingReader reader, string path, bool quiet, bool json)
    {
        var replay = new OpenLmp.Recording.Replay(reader);
        using IReplayReport report = json ? new JsonReplayReport(terminal.Out) : new TextReplayReport(terminal);
        RecordingException? damage = null;
        try
        {
            while (replay.Next() is { } line)
                if (!quiet) report.Line(line);
        }
        catch (RecordingException e)
        {
            damage = e;
        }

        report.Verdict(replay);
        // What could be replayed has been shown.
        if (damage is not null) throw damage;
        if (reader.IsCut) terminal.Error.WriteLine($"lmp: {path} ends in the middle of a line: the program that recorded was killed, or still records.");
        return replay.IsAsRecorded ? ExitCode.Done : ExitCode.No;
    }

    private static StreamReader Open(string path)
    {
        try
        {
            // It may be recorded still.
            return new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.BadUsage, e is FileNotFoundException or DirectoryNotFoundException ? $"{path}: no such file" : $"{path}: {e.Message}");
        }
    }
}

/// <summary>Shows a replay.</summary>
internal interface IReplayReport : IDisposable
{
    /// <summary>The next line of it.</summary>
    void Line(RecordedLine line);

    /// <summary>How it ended.</summary>
    void Verdict(OpenLmp.Recording.Replay replay);
}
