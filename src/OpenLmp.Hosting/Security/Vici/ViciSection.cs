// strongSwan's vici protocol: https://github.com/strongswan/strongswan/blob/master/src/libcharon/plugins/vici/README.md
using System.Collections;
using System.Text;

namespace OpenLmp.Hosting;

/// <summary>A section of a vici message: keys with values, lists, and further sections, in order. A message is one without a name.</summary>
internal sealed class ViciSection : IEnumerable<KeyValuePair<string, object>>
{
    // A byte[], a List<byte[]>, or a ViciSection.
    private readonly List<KeyValuePair<string, object>> _entries = [];

    /// <summary>The sections in it, with their names.</summary>
    public IEnumerable<(string Name, ViciSection Section)> Sections =>
        from entry in _entries where entry.Value is ViciSection select (entry.Key, (ViciSection)entry.Value);

    /// <summary>The text of a key's value; null if there is none.</summary>
    public string? this[string key] => Find(key) is byte[] value ? Encoding.UTF8.GetString(value) : null;

    public void Add(string key, string value) => Add(key, Encoding.UTF8.GetBytes(value));

    public void Add(string key, byte[] value) => _entries.Add(new(key, value));

    public void Add(string key, IEnumerable<string> items) => Add(key, [.. items.Select(Encoding.UTF8.GetBytes)]);

    public void Add(string key, List<byte[]> items) => _entries.Add(new(key, items));

    public void Add(string key, ViciSection section) => _entries.Add(new(key, section));

    /// <summary>The section of that name; null if there is none.</summary>
    public ViciSection? Section(string name) => Find(name) as ViciSection;

    /// <summary>A list's items; none if there is no such list.</summary>
    public IReadOnlyList<string> List(string name) => Find(name) is List<byte[]> items ? [.. items.Select(Encoding.UTF8.GetString)] : [];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private object? Find(string key) => _entries.Find(entry => entry.Key == key).Value;
}

/// <summary>Charon answered something that is not vici, refused a command, or hung up. Says nothing of what was sent: there may be secrets in it.</summary>
internal sealed class ViciException(string message) : Exception(message);
