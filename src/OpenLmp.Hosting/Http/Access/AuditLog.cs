using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace OpenLmp.Hosting.Http;

/// <summary>Tells who changed what, with which result: in the log, and in a file where one is configured.</summary>
internal sealed class AuditLog(ILogger logger, TimeProvider time) : IDisposable
{
    /// <summary>Refusals told in a minute: who hammers at the door does not fill the disk.</summary>
    public const int MostRefusals = 60;

    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();
    private AuditFile? _file;
    private long _minute;
    private int _refusals;

    /// <summary>Opens a file, for <see cref="Switch"/>.</summary>
    /// <exception cref="DaemonStartException">It cannot be opened.</exception>
    public AuditFile Open(string path)
    {
        try
        {
            return new AuditFile(path, AuditFile.Append, logger);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DaemonStartException($"api audit {path}: {e.Message}");
        }
    }

    /// <summary>Writes to another file from now on; null: to none. Each line is in one of the two, and the last of the file before says where it goes on.</summary>
    /// <returns>The file before, to be disposed.</returns>
    public AuditFile? Switch(AuditFile? next)
    {
        lock (_lock)
        {
            Write(new Caller("daemon", "lmpd", ApiRole.Admin), "this machine", "audit", null, next is null ? "ends: no file is configured any more" : $"goes on in {next.Path}");
            var before = _file;
            _file = next;
            return before;
        }
    }

    /// <summary>Opens the file anew: it may have been moved away.</summary>
    public void Reopen()
    {
        lock (_lock) _file?.Reopen();
    }

    /// <summary>A change, or an attempt at one.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="from">From where.</param>
    /// <param name="action">What was asked for.</param>
    /// <param name="status">The status that answered it; null for what is no request.</param>
    /// <param name="text">The result, in words.</param>
    public void Changed(Caller caller, string from, string action, int? status, string text)
    {
        (action, text) = (Findings.Printable(action), Findings.Printable(text));
        logger.Changed(caller, from, action, status is { } number ? $"{number} {text}" : text);
        Write(caller, from, action, status, text);
    }

    /// <summary>A change that was not allowed.</summary>
    public void Refused(Caller caller, string from, string action, int status, string text)
    {
        lock (_lock)
        {
            var minute = time.GetUtcNow().Ticks / TimeSpan.TicksPerMinute;
            if (minute != _minute)
            {
                if (_refusals > MostRefusals) logger.MoreRefused(_refusals - MostRefusals);
                (_minute, _refusals) = (minute, 0);
            }

            if (++_refusals > MostRefusals) return;
        }

        (action, text) = (Findings.Printable(action), Findings.Printable(text));
        logger.Refused(caller, from, action, status, text);
        Write(caller, from, action, status, text);
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Write(Caller caller, string from, string action, int? status, string text)
    {
        // Whoever switches files meanwhile is waited for where the line is written.
        if (Volatile.Read(ref _file) is null) return;
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, OneLine))
        {
            json.WriteStartObject();
            json.WriteString("time", time.GetUtcNow().UtcDateTime);
            json.WriteString("by", caller.By);
            if (caller.User is { } user)
            {
                json.WriteString("name", Accounts.UserName(user));
                json.WriteNumber("uid", user);
            }
            else
            {
                json.WriteString("name", caller.Name);
            }

            json.WriteString("from", from);
            json.WriteString("action", action);
            if (status is { } number) json.WriteNumber("status", number);
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_lock) _file?.Write(line.ToArray());
    }
}
