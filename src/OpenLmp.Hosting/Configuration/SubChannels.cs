// RFC 4204 §1: sub-channels of a component link may be configured as data links.
namespace OpenLmp.Hosting;

/// <summary>Which data links share a component link or an interface, to be checked when all are known.</summary>
internal sealed class SubChannels
{
    private readonly List<(Field<string> Name, Field<string?> ComponentLink, Field<string?> Interface, string? Through)> _dataLinks = [];

    public void Add(Field<string> name, Field<string?> componentLink, Field<string?> @interface, string? through) =>
        _dataLinks.Add((name, componentLink, @interface, through));

    public void Check(Scope scope)
    {
        var names = new Dictionary<string, Position>();
        foreach (var link in _dataLinks)
            if (link.Name.IsUsable) names.TryAdd(link.Name.Value, link.Name.At);

        var interfaces = new Dictionary<string, (string? Name, string? ComponentLink, string? Through, Position At)>();
        var componentLinks = new Dictionary<string, (string Interface, Position At)>();
        foreach (var (link, component, @interface, through) in _dataLinks)
        {
            if (!component.IsValid || !@interface.IsValid) continue;
            // Commands name component links and data links alike: one name must not stand for both.
            if (component.Value is { } name && names.TryGetValue(name, out var taken))
            {
                scope.Findings.Error(component.At,
                    $"component-link: {name} is the name of the data link at line {taken.Line}; give the component link another");
            }

            if (scope.DataPlane != DataPlaneKind.Linux || @interface.Value is not { } device) continue;
            // A data link that goes through a line system begins with the one it names (RFC 4209 §2.2).
            if (!interfaces.TryAdd(device, (link.Value, component.Value, through, @interface.At))
                && (through is null || through != interfaces[device].Name) && (link.Value is null || link.Value != interfaces[device].Through)
                && (component.Value is null || interfaces[device].ComponentLink != component.Value))
            {
                scope.Findings.Error(@interface.At, $"interface: {device} is already used at line {interfaces[device].At.Line}; "
                    + "two data links on one interface are sub-channels of one component-link");
            }
            else if (component.Value is { } shared && !componentLinks.TryAdd(shared, (device, @interface.At)) && componentLinks[shared].Interface != device)
            {
                var (first, at) = componentLinks[shared];
                scope.Findings.Error(@interface.At, $"interface: component link {shared} is {first} at line {at.Line}; its sub-channels are on one interface");
            }
        }
    }
}
