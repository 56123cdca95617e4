namespace OpenLmp.Protocol;

/// <content>Who looks on.</content>
public sealed partial class LmpNode
{
    private bool _isObserved;

    /// <summary>Told of every input; null: nobody looks on.</summary>
    public INodeObserver? Observer { get; set; }

    /// <summary>The control channel of that CC_Id; null if there is none.</summary>
    internal ControlChannel? FindChannel(uint id) => _channels.GetValueOrDefault(id);

    // An observed command is carried out from here, and comes back to the method that asked: so its answer is observed, however many ways out it has.
    private CommandResult? Observed(Instant now, NodeCommand command)
    {
        if (Observer is not { } observer || _isObserved) return null;
        observer.Takes(now, command);
        _isObserved = true;
        try
        {
            var answer = command.Execute(this, now);
            observer.Answers(answer);
            return answer;
        }
        finally
        {
            _isObserved = false;
        }
    }
}
