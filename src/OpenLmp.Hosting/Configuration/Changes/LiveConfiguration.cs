using System.Globalization;
using Microsoft.Extensions.Logging;
using OpenLmp.Api;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting;

/// <summary>The configuration of a node that runs: what is in force, and its changes, one after the other, each in force as a whole or not at all.</summary>
internal sealed class LiveConfiguration : IConfigurationAccess, IDisposable
{
    private static readonly string Start = DateTime.UtcNow.Ticks.ToString("x", CultureInfo.InvariantCulture);

    private readonly Func<DaemonConfiguration> _inForce;
    private readonly Func<DaemonConfiguration, Action, CancellationToken, Task> _putInForce;
    private readonly string? _file;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _changing = new(1);
    private RunningConfiguration _running;

    /// <summary>Takes note of what is in force.</summary>
    /// <param name="inForce">What is in force.</param>
    /// <param name="putInForce">Puts another in force, and calls what saves it then; on failure nothing has changed.</param>
    /// <param name="file">The file it was read from; null: none.</param>
    /// <param name="text">The text it was read from.</param>
    /// <param name="logger">Where changes are logged.</param>
    public LiveConfiguration(Func<DaemonConfiguration> inForce, Func<DaemonConfiguration, Action, CancellationToken, Task> putInForce, string? file, string text, ILogger logger)
    {
        (_inForce, _putInForce, _file, _logger) = (inForce, putInForce, file, logger);
        _running = new RunningConfiguration(text, 0);
    }

    /// <inheritdoc/>
    public (string Text, string Tag) Current => Shown(Volatile.Read(ref _running));

    /// <inheritdoc/>
    public (string Text, string Tag) Part(string path)
    {
        var (text, tag) = Current;
        try
        {
            var (node, key) = ConfigurationEdit.Find(ConfigurationTree.Of(text), ConfigurationSchema.Root, path);
            return (node is YamlMapping mapping ? YamlText.Block(mapping) : $"{YamlText.Inline(node, key)}\n", tag);
        }
        catch (ConfigurationPathException e)
        {
            throw new ConfigurationRefusedException(ConfigurationRefusal.Missing, e.Message);
        }
    }

    /// <inheritdoc/>
    public ConfigurationAnswer Compare(string text)
    {
        var plan = ConfigurationPlan.Of(text, FileName, _inForce(), _running.Text);
        if (plan.Next is null) throw Wrong(plan);
        return new ConfigurationAnswer(false, null, [.. plan.Changes], [.. plan.Findings]);
    }

    /// <inheritdoc/>
    public async Task<ConfigurationAnswer> ApplyAsync(ConfigurationEditRequest change, string? expected, bool save, CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var running = _running;
            if (expected is not null && expected != TagOf(running))
                throw new ConfigurationRefusedException(ConfigurationRefusal.Outdated, "another configuration has come into force meanwhile; look at it, and try again");
            var plan = ConfigurationPlan.Of(change.Path is null ? change.Text! : Edited(running.Text, change.Path, change.Text), FileName, _inForce(), running.Text);
            using var file = save ? Prepare(plan) : null;
            await PutInForceAsync(plan, evenIfSame: false, () => file?.Commit(), cancellation).ConfigureAwait(false);
            return Answer(plan, file);
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Reads the file again, and puts it in force.</summary>
    /// <exception cref="ConfigurationRefusedException">It is not in force; nothing has changed.</exception>
    public async Task<IReadOnlyList<ConfigurationChange>> ReloadAsync(CancellationToken cancellation)
    {
        await _changing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            var result = ConfigurationReader.Load(FileName);
            foreach (var warning in result.Warnings) _logger.ConfigurationWarning(warning);
            foreach (var error in result.Errors) _logger.ConfigurationError(error);
            if (result.Configuration is null) throw new ConfigurationRefusedException(ConfigurationRefusal.Wrong, $"{FileName} has errors");
            var plan = ConfigurationPlan.Of(result.Text!, FileName, _inForce(), _running.Text);
            // What the configuration names, tokens and certificates, is read again, too.
            await PutInForceAsync(plan, evenIfSame: true, () => { }, cancellation).ConfigureAwait(false);
            return plan.Changes;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    private string FileName => _file ?? "configuration";

    private async Task PutInForceAsync(ConfigurationPlan plan, bool evenIfSame, Action save, CancellationToken cancellation)
    {
        if (plan.Next is not { } next) throw Wrong(plan);
        if (plan.Changes.Where(c => c.Effect == ConfigurationEffect.Restart).ToList() is [var first, ..] refused)
        {
            throw new ConfigurationRefusedException(
                ConfigurationRefusal.Impossible,
                $"{first.Path} cannot be changed while lmpd runs, so nothing is ({ConfigurationSchema.NotWhileRunning[first.Path]}): stop lmpd, change the file, and start it again; or leave {first.Path} as it is",
                [.. refused.Select(plan.Refusal)]);
        }

        if (evenIfSame || next != _inForce()) await _putInForce(next, save, cancellation).ConfigureAwait(false);
        else save();
        if (plan.Text != _running.Text) Volatile.Write(ref _running, new RunningConfiguration(plan.Text, _running.Revision + 1));
        foreach (var change in plan.Changes) _logger.ConfigurationChanged(change.Path, change.From ?? "-", change.To ?? "-", change.Text);
    }

    // Whether it can be written is known before anything changes.
    private SavedFile Prepare(ConfigurationPlan plan)
    {
        if (_file is null) throw new ConfigurationRefusedException(ConfigurationRefusal.Impossible, "there is no file to save it in; nothing has changed");
        if (plan.Next is null) throw Wrong(plan);
        try
        {
            return new SavedFile(_file, plan.Text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationRefusedException(ConfigurationRefusal.Impossible, $"{_file} cannot be written: {e.Message.TrimEnd('.')}; nothing has changed");
        }
    }

    private ConfigurationAnswer Answer(ConfigurationPlan plan, SavedFile? file)
    {
        if (file?.Problem is not { } problem) return new ConfigurationAnswer(true, file is null ? null : _file, [.. plan.Changes], [.. plan.Findings]);
        var unsaved = new ConfigurationFinding("warning", 1, 1, "", $"in force, but not saved: {_file} cannot be replaced: {problem}");
        return new ConfigurationAnswer(true, null, [.. plan.Changes], [.. plan.Findings, unsaved]);
    }

    private static string Edited(string text, string path, string? value)
    {
        YamlNode? part = null;
        if (value is not null)
        {
            var findings = new Findings("body");
            part = YamlTreeReader.Read(value, findings);
            if (part is null || findings.HasErrors) throw new ConfigurationRefusedException(ConfigurationRefusal.Wrong, string.Join('\n', findings.ToResult(null).Errors));
        }

        try
        {
            return YamlText.Block(ConfigurationEdit.Put(ConfigurationTree.Of(text), ConfigurationSchema.Root, path, part));
        }
        catch (ConfigurationPathException e)
        {
            throw new ConfigurationRefusedException(e.IsMissing ? ConfigurationRefusal.Missing : ConfigurationRefusal.Wrong, e.Message);
        }
    }

    private static ConfigurationRefusedException Wrong(ConfigurationPlan plan)
    {
        var errors = plan.Findings.Where(f => f.Severity == "error").ToList();
        return new ConfigurationRefusedException(
            ConfigurationRefusal.Wrong, $"the configuration has {errors.Count} {(errors.Count == 1 ? "error" : "errors")}, nothing has changed: {errors[0].Line}:{errors[0].Column}: {errors[0].Text}", [.. plan.Findings]);
    }

    private static (string Text, string Tag) Shown(RunningConfiguration running) => (Secrets.Hide(running.Text, ConfigurationSchema.Root), TagOf(running));

    private static string TagOf(RunningConfiguration running) => string.Create(CultureInfo.InvariantCulture, $"\"{Start}-{running.Revision}\"");
}
