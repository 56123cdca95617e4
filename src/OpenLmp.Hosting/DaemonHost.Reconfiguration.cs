using OpenLmp.Api;
using OpenLmp.Hosting.Http;
using OpenLmp.Hosting.Metrics;

namespace OpenLmp.Hosting;

/// <content>From one configuration to the next while the node runs: all of it, or nothing.</content>
public sealed partial class DaemonHost
{
    /// <summary>Reads the configuration file again and puts it in force. What has not changed goes on undisturbed.</summary>
    /// <returns>False if the file has errors, or cannot be in force while the node runs: that is logged, and nothing has changed.</returns>
    /// <exception cref="InvalidOperationException">There is no file.</exception>
    /// <exception cref="ObjectDisposedException">The node has stopped.</exception>
    public async Task<bool> ReloadAsync(CancellationToken cancellation = default)
    {
        if (_path is null || _live is null) throw new InvalidOperationException("this node was not configured by a file");
        _service?.Reloading();
        try
        {
            var changes = await _live.ReloadAsync(cancellation).ConfigureAwait(false);
            _api.Audit.Reopen();
            TellReload("in force");
            _logger.Reloaded(_path, changes.Count);
            await StatusAsync(null).ConfigureAwait(false);
            return true;
        }
        catch (ConfigurationRefusedException e)
        {
            // Errors have been logged where they were found.
            if (e.Reason != ConfigurationRefusal.Wrong)
                foreach (var finding in e.Findings) _logger.ConfigurationError(new ConfigurationError(_path, finding.Line, finding.Column, finding.Text));
            TellReload(e.Reason == ConfigurationRefusal.Wrong ? "it has errors: nothing changed" : "refused: nothing changed");
            _logger.NotReloaded(_path, e.Message);
            await StatusAsync($"{_path} {(e.Reason == ConfigurationRefusal.Wrong ? "has errors" : "was refused")}: nothing changed").ConfigureAwait(false);
            return false;
        }
        finally
        {
            _service?.Ready();
        }
    }

    /// <summary>
    /// Puts another configuration in force. What can fail comes first, beside what is in force; only when all of that is there, the node changes over, and
    /// what is no longer wanted ends.
    /// </summary>
    /// <param name="next">The configuration.</param>
    /// <param name="save">Saves it where that was asked for, as soon as it is in force.</param>
    /// <param name="cancellation">Gives up, as long as nothing has changed.</param>
    /// <exception cref="ConfigurationRefusedException">Something of it cannot be had; nothing has changed.</exception>
    private async Task PutInForceAsync(DaemonConfiguration next, Action save, CancellationToken cancellation)
    {
        var old = Configuration;
        CheckCapabilities(next);
        var rules = LoadAccess(next);
        ListenProbe.Check(old.Listen, next.Listen);
        await using var move = await BeginMoveAsync(next.Api, rules, cancellation).ConfigureAwait(false);
        await using var state = next.StatePath == old.StatePath ? null
            : await StateMove.BeginAsync(Loop, _state, next.StatePath, next.Node.NodeId, Logger(LogCategories.State)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        // From here on nothing fails, and nothing is given up halfway.
        var dataPlane = await ChangeNodeAsync(old, next).ConfigureAwait(false);
        move.Complete();
        Volatile.Write(ref _configuration, next);
        save();
        if (state is not null) await EndMoveAsync(state, old.StatePath, next.StatePath).ConfigureAwait(false);
        await _ipsec.ApplyAsync(next).ConfigureAwait(false);
        if (Log is not null) Log.Levels.Current = next.Log;
        if (ExternalDataPlane is { } external) external.Heartbeat = next.AgentHeartbeat;
        if (_isProcess && next.Process.RealTime != old.Process.RealTime) await Loop.SetRealTimeAsync(next.Process.RealTime).ConfigureAwait(false);
        if (_isProcess && next.Process.LockMemory != old.Process.LockMemory) ProcessMemory.Lock(next.Process.LockMemory, _logger);
        if (next.Snmp != old.Snmp || (dataPlane && next.Snmp is not null)) await RestartSnmpAsync(next.Snmp).ConfigureAwait(false);
        if (next.Otlp != old.Otlp) await RestartOtlpAsync(next.Otlp).ConfigureAwait(false);
    }

    // What root started and goes on as another user has kept what its configuration needed then.
    private void CheckCapabilities(DaemonConfiguration next)
    {
        if (!_isProcess || next.Process.User is null || NeededCapabilities.Of(next).Except(_neededAtStart).ToList() is not [var missing, ..]) return;
        throw new ConfigurationRefusedException(
            ConfigurationRefusal.Impossible, $"this needs {missing}, which lmpd gave up when it started (process: user), so nothing has changed; start it again with the changed file");
    }

    // Files and groups are looked at again even where the configuration names the same.
    private AccessRules LoadAccess(DaemonConfiguration next)
    {
        var access = AccessLoader.Load(next.Api, next.FilePath);
        foreach (var warning in access.Warnings) _logger.ConfigurationWarning(warning);
        foreach (var error in access.Errors) _logger.ConfigurationError(error);
        return access.Rules ?? throw new ConfigurationRefusedException(
            ConfigurationRefusal.Wrong, $"what api names cannot be used, nothing has changed: {access.Errors[0]}",
            [.. access.Errors.Select(e => new ConfigurationFinding("error", e.File == next.FilePath ? e.Line : 1, e.File == next.FilePath ? e.Column : 1, "api", e.File == next.FilePath ? e.Text : $"{e}"))]);
    }

    private void TellReload(string result) => _api.Audit.Changed(new Caller("signal", "SIGHUP", ApiRole.Admin), "this machine", $"read {_path}", null, result);

    private async Task<ApiMove> BeginMoveAsync(ApiConfiguration next, AccessRules rules, CancellationToken cancellation)
    {
        try
        {
            return await _api.BeginMoveAsync(next, rules, cancellation).ConfigureAwait(false);
        }
        catch (DaemonStartException e)
        {
            throw new ConfigurationRefusedException(
                ConfigurationRefusal.Impossible, $"{e.Message}; nothing has changed", new ConfigurationFinding("error", 1, 1, "api", e.Message));
        }
    }

    private async Task EndMoveAsync(StateMove state, string? from, string? to)
    {
        _state = await state.CompleteAsync().ConfigureAwait(false);
        Logger(LogCategories.State).StateMoved(to ?? "no file", from ?? "none");
    }

    // Returns whether the data plane is another one.
    private async Task<bool> ChangeNodeAsync(DaemonConfiguration old, DaemonConfiguration next)
    {
        var change = next.DataPlane == old.DataPlane || DataPlaneKind == Simulated ? null
            : new DataPlaneChange(next.DataPlane == Hosting.DataPlaneKind.Linux ? null : new ExternalDataPlane(next.AgentHeartbeat, Clock, Logger(LogCategories.DataPlane)));
        try
        {
            await Loop.ReconfigureAsync(next.Node, next.Listen, change, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not ObjectDisposedException)
        {
            // A defect; the node must not be left between two configurations.
            await Loop.ReconfigureAsync(old.Node, old.Listen, null, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        if (change is null) return false;
        ExternalDataPlane = change.External;
        DataPlaneKind = change.External is null ? Linux : External;
        return true;
    }

    private async Task RestartSnmpAsync(SnmpConfiguration? next)
    {
        if (_snmp is { } old) await old.DisposeAsync().ConfigureAwait(false);
        _snmp = next is null ? null : new SnmpService(this, next, Logger(LogCategories.Snmp));
        if (_snmp is { } started) await started.StartAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RestartOtlpAsync(OtlpConfiguration? next)
    {
        if (_otlp is { } old) await old.DisposeAsync().ConfigureAwait(false);
        _otlp = next is null ? null : new OtlpService(this, next, Logger(LogCategories.Otlp));
        if (_otlp is { } started) await started.StartAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
