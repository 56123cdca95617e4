namespace OpenLmp.Protocol;

/// <summary>A node's alarms: one per kind and object, raised and cleared in place; what is cleared is kept up to a bound.</summary>
public sealed class AlarmTable
{
    /// <summary>How many cleared alarms are kept: the last ones.</summary>
    public const int MaxCleared = 1000;

    private static readonly AlarmKind[] Kinds = Enum.GetValues<AlarmKind>();

    private readonly Dictionary<(AlarmKind Kind, string Object), Alarm> _alarms = [];
    // Cleared alarms, longest ago first; each knows its place, so that one that is raised again leaves at once.
    private readonly LinkedList<Alarm> _cleared = [];
    private readonly Action<Instant, Alarm> _changed;

    internal AlarmTable(Action<Instant, Alarm> changed) => _changed = changed;

    /// <summary>All alarms, cleared ones included.</summary>
    public IReadOnlyCollection<Alarm> All => _alarms.Values;

    /// <summary>The alarm of that kind and object, or null.</summary>
    public Alarm? Find(AlarmKind kind, string @object) => _alarms.GetValueOrDefault((kind, @object));

    /// <summary>Raises an alarm, or changes the text of one that is raised.</summary>
    /// <param name="now">The time.</param>
    /// <param name="kind">What kind of condition.</param>
    /// <param name="object">What it is about.</param>
    /// <param name="severity">How bad.</param>
    /// <param name="text">Cause, effect and what to do.</param>
    /// <param name="cause">What causes the condition, which people are told of instead: the alarm is suppressed; null: it is not.</param>
    internal void Raise(Instant now, AlarmKind kind, string @object, AlarmSeverity severity, string text, string? cause = null)
    {
        if (!_alarms.TryGetValue((kind, @object), out var alarm))
        {
            alarm = new Alarm { Kind = kind, Object = @object, State = AlarmState.Cleared };
            alarm.Place = new LinkedListNode<Alarm>(alarm);
            _alarms.Add((kind, @object), alarm);
        }

        if (alarm.State != AlarmState.Cleared && alarm.Text == text && alarm.Severity == severity && alarm.Cause == cause) return;
        if (alarm.State == AlarmState.Cleared)
        {
            if (alarm.Place!.List is not null) _cleared.Remove(alarm.Place);
            alarm.RaisedAt = now;
            alarm.Count++;
        }

        alarm.State = cause is null ? AlarmState.Raised : AlarmState.Suppressed;
        alarm.Cause = cause;
        alarm.Severity = severity;
        alarm.Text = text;
        _changed(now, alarm);
    }

    /// <summary>Clears an alarm if it is raised or suppressed.</summary>
    internal void Clear(Instant now, AlarmKind kind, string @object)
    {
        if (!_alarms.TryGetValue((kind, @object), out var alarm) || alarm.State == AlarmState.Cleared) return;
        alarm.State = AlarmState.Cleared;
        alarm.Cause = null;
        alarm.ClearedAt = now;
        _cleared.AddLast(alarm.Place!);
        _changed(now, alarm);
        if (_cleared.Count <= MaxCleared) return;
        var oldest = _cleared.First!.Value;
        _cleared.RemoveFirst();
        _alarms.Remove((oldest.Kind, oldest.Object));
    }

    /// <summary>Clears every alarm of an object, which is no longer configured.</summary>
    internal void ClearAll(Instant now, string @object)
    {
        foreach (var kind in Kinds) Clear(now, kind, @object);
    }
}
