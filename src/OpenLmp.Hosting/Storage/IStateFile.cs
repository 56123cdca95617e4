using OpenLmp.Protocol;

namespace OpenLmp.Hosting;

/// <summary>Where retained state is written down (RFC 4204 §8). Used by one thread at a time.</summary>
internal interface IStateFile : IDisposable
{
    /// <summary>Writes changes: all of them or none. What it returns from survives the loss of power.</summary>
    /// <param name="changes">At most one about each object.</param>
    /// <param name="everything">All there is, these changes included: for a file that has to be begun anew.</param>
    /// <exception cref="StateFileException">It could not; nothing has changed.</exception>
    void Write(IReadOnlyCollection<RetainedChange> changes, IReadOnlyCollection<RetainedChange> everything);
}

/// <summary>The state file cannot be written or read. The message says what is wrong, and what to do where something can be done.</summary>
internal class StateFileException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The state file holds what cannot be understood: damage, or what another version wrote.</summary>
internal sealed class StateFileDamagedException(string message, Exception? cause = null) : StateFileException(message, cause);

/// <summary>What a command changed could not be written down: it is in force, but a restart would lose it.</summary>
public sealed class StateNotSavedException(string message) : Exception(message);
