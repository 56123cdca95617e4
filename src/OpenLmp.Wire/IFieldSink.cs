namespace OpenLmp.Wire;

/// <summary>
/// Takes the fields of an object one by one, in wire order, for people and for JSON. Names are camelCase and stable;
/// <c>meaning</c> says in words what the value stands for.
/// </summary>
public interface IFieldSink
{
    /// <summary>An integer.</summary>
    void Number(string name, ulong value, string? meaning = null);

    /// <summary>A text, an address, or bytes in hexadecimal.</summary>
    void Text(string name, string value, string? meaning = null);

    /// <summary>A Link_Id or an Interface_Id.</summary>
    void Id(string name, Identifier value, string? meaning = null) => Text(name, value.ToString(), meaning);

    /// <summary>A bandwidth in bytes per second; any 32 bits may come in a message, infinities and NaN included.</summary>
    void Bandwidth(string name, float bytesPerSecond);

    /// <summary>A single bit.</summary>
    void Flag(string name, bool value, string? meaning = null);

    /// <summary>Starts a group, such as a subobject; groups of the same name form a list.</summary>
    void Begin(string name);

    /// <summary>Ends the group begun last.</summary>
    void End();
}
