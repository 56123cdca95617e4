using OpenLmp.Wire;
using static OpenLmp.Protocol.Tests.LinkConfigurations;

namespace OpenLmp.Protocol.Tests;

/// <summary>Two random configurations that agree, but for one planted difference, or none; and what has to be told of it.</summary>
internal sealed class RandomPair
{
    private static readonly string[] Differences =
        ["nothing", "bandwidth", "switching type", "encoding", "wavelength", "remote id", "swapped ids", "missing", "link id"];

    private readonly Random _random;
    private readonly NodeConfiguration _goodA;
    private readonly NodeConfiguration _goodB;
    private readonly int _te;

    public RandomPair(Random random)
    {
        _random = random;
        What = Differences[random.Next(Differences.Length)];
        var form = (IdentifierType)random.Next(3);
        var counts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, 12)).ToList();
        var teLinks = counts.Select((count, te) => TeLinks(te, count, form)).ToList();
        (_goodA, _goodB) = (NodeA([.. teLinks.Select(t => t.A)]), NodeB([.. teLinks.Select(t => t.B)]));
        (A, B) = (_goodA, _goodB);
        Corrections = [_goodA, _goodB];
        _te = random.Next(counts.Count);
        Plant(form);
    }

    public string What { get; private set; }

    public NodeConfiguration A { get; private set; }

    public NodeConfiguration B { get; private set; }

    /// <summary>The alarms at a, one a line.</summary>
    public string AtA { get; private set; } = "";

    /// <summary>The alarms at b, one a line.</summary>
    public string AtB { get; private set; } = "";

    /// <summary>The data links that have to be down.</summary>
    public IReadOnlyList<string> Bad { get; private set; } = [];

    /// <summary>What sets the difference right, each by itself.</summary>
    public IReadOnlyList<NodeConfiguration> Corrections { get; private set; }

    private static Identifier Id(IdentifierType form, int number) => new(form, form switch
    {
        IdentifierType.Unnumbered => (UInt128)number,
        IdentifierType.IPv4 => (UInt128)(0xC0000000u + number),
        _ => new UInt128(0x20010db800000000, (ulong)number),
    });

    private (TeLinkConfiguration A, TeLinkConfiguration B) TeLinks(int te, int count, IdentifierType form)
    {
        var (linksA, linksB) = (new List<DataLinkConfiguration>(), new List<DataLinkConfiguration>());
        for (var i = 0; i < count; i++)
        {
            var (idA, idB) = (Id(form, 1000 + (100 * te) + i), Id(form, 5000 + (100 * te) + i));
            var (a, b) = Capabilities();
            var link = new DataLinkConfiguration { Name = $"te{te}-{i}", LocalId = idA, RemoteId = idB, Wavelength = (uint)_random.Next(0, 3) * 7 };
            linksA.Add(link with { Port = _random.Next(2) == 0, Capabilities = [.. a] });
            linksB.Add(link with { Port = _random.Next(2) == 0, Capabilities = [.. b], LocalId = idB, RemoteId = idA });
        }

        // One end may have to learn the other's Link_Id.
        var (linkA, linkB, learns) = (Id(form, 10 + te), Id(form, 50 + te), _random.Next(8));
        return (new TeLinkConfiguration { Name = $"te{te}", Neighbor = "b", LocalId = linkA, RemoteId = learns == 0 ? null : linkB, DataLinks = [.. linksA] },
            new TeLinkConfiguration { Name = $"te{te}", Neighbor = "a", LocalId = linkB, RemoteId = learns == 1 ? null : linkA, DataLinks = [.. linksB] });
    }

    // Fixed rates, or ranges that have something in common; sometimes two capabilities, in any order.
    private (List<SwitchingCapability> A, List<SwitchingCapability> B) Capabilities()
    {
        var (a, b) = (new List<SwitchingCapability>(), new List<SwitchingCapability>());
        foreach (var type in (SwitchingType[])[SwitchingType.Lsc, SwitchingType.Tdm])
        {
            if (type == SwitchingType.Tdm && _random.Next(3) > 0) continue;
            var common = _random.Next(10, 20);
            a.Add(Around(type, common));
            b.Add(Around(type, common));
        }

        if (_random.Next(2) == 0) b.Reverse();
        return (a, b);
    }

    private SwitchingCapability Around(SwitchingType type, int common)
    {
        var (min, max) = _random.Next(2) == 0 ? (common, common) : (_random.Next(1, common + 1), _random.Next(common, 41));
        return new SwitchingCapability(type, EncodingType.Lambda, Gbps(min), Gbps(max));
    }

    private void Plant(IdentifierType form)
    {
        var (teA, teB) = (_goodA.TeLinks[_te], _goodB.TeLinks[_te]);
        var index = _random.Next(teA.DataLinks.Count);
        var link = teA.DataLinks[index];
        var mirror = teB.DataLinks.Single(l => l.Name == link.Name);
        var atB = _random.Next(2) == 0;
        switch (What)
        {
            case "bandwidth":
                Differ(l => l with { Capabilities = [Lambda(10, 10)] }, l => l with { Capabilities = [Lambda(40, 40)] }, "bandwidth", "10 Gbps", "40 Gbps");
                break;
            case "switching type":
                var fsc = Lambda(10, 10) with { SwitchingType = SwitchingType.Fsc };
                Differ(l => l with { Capabilities = [Lambda(10, 10)] }, l => l with { Capabilities = [fsc] }, "switching type", "lsc", "fsc");
                break;
            case "encoding":
                var fiber = Lambda(10, 10) with { Encoding = EncodingType.Fiber };
                Differ(l => l with { Capabilities = [Lambda(10, 10)] }, l => l with { Capabilities = [fiber] }, "encoding", "lambda", "fiber");
                break;
            case "wavelength":
                Differ(l => l with { Wavelength = 1 }, l => l with { Wavelength = 2 }, "wavelength", "1", "2");
                break;
            case "remote id":
                var wrong = Id(form, 999);
                if (atB) B = Replace(B, mirror with { RemoteId = wrong });
                else A = Replace(A, link with { RemoteId = wrong });
                AtA = atB ? Theirs(link.Name, mirror.LocalId, "b", link.LocalId, wrong) : Ours(link.Name, "b", wrong, mirror.LocalId);
                AtB = atB ? Ours(link.Name, "a", wrong, link.LocalId) : Theirs(link.Name, link.LocalId, "a", mirror.LocalId, wrong);
                (Bad, Corrections) = ([link.Name], [atB ? _goodB : _goodA]);
                break;
            case "swapped ids" when teA.DataLinks.Count > 1:
                var other = teA.DataLinks[(index + 1) % teA.DataLinks.Count];
                var (linkAtB, otherAtB) = (link.RemoteId!.Value, other.RemoteId!.Value);
                A = Replace(A, link with { RemoteId = otherAtB }, other with { RemoteId = linkAtB });
                AtA = Lines(Theirs(link.Name, otherAtB, "b", link.LocalId, other.LocalId), Theirs(other.Name, linkAtB, "b", other.LocalId, link.LocalId));
                AtB = Lines(Theirs(link.Name, link.LocalId, "a", linkAtB, otherAtB), Theirs(other.Name, other.LocalId, "a", otherAtB, linkAtB));
                (Bad, Corrections) = ([link.Name, other.Name], [_goodA]);
                break;
            case "missing" when teA.DataLinks.Count > 1:
                var (withoutA, withoutB) = (Without(A, link.Name), Without(B, link.Name));
                if (atB) B = withoutB;
                else A = withoutA;
                AtA = atB ? Unlisted(link.Name, "b", teB.LocalId) : Stranger(teA.Name, "b", mirror);
                AtB = atB ? Stranger(teB.Name, "a", link) : Unlisted(link.Name, "a", teA.LocalId);
                (Bad, Corrections) = ([link.Name], atB ? [_goodB, withoutA] : [_goodA, withoutB]);
                break;
            case "link id":
                // Ends that learn have nothing that could be wrong.
                var id = Id(form, 99);
                A = With(A, t => t with { RemoteId = atB ? teB.LocalId : id });
                B = With(B, t => t with { RemoteId = atB ? id : teA.LocalId });
                AtA = atB ? Theirs(teA.Name, teB.LocalId, "b", teA.LocalId, id, "Link_Id") : Ours(teA.Name, "b", id, teB.LocalId, "Link_Id");
                AtB = atB ? Ours(teB.Name, "a", id, teA.LocalId, "Link_Id") : Theirs(teB.Name, teA.LocalId, "a", teB.LocalId, id, "Link_Id");
                (Bad, Corrections) = ([.. teA.DataLinks.Select(l => l.Name)], [atB ? _goodB : _goodA]);
                break;
            default:
                What = "nothing";
                break;
        }

        void Differ(Func<DataLinkConfiguration, DataLinkConfiguration> atA, Func<DataLinkConfiguration, DataLinkConfiguration> atB, string property, string a, string b)
        {
            (A, B) = (Replace(A, atA(link)), Replace(B, atB(mirror)));
            (AtA, AtB) = ($"{link.Name}: {property} {a} here, {b} at b", $"{link.Name}: {property} {b} here, {a} at a");
            (Bad, Corrections) = ([link.Name], [Replace(A, atB(link)), Replace(B, atA(mirror))]);
        }
    }

    private static string Ours(string name, string neighbor, Identifier here, Identifier there, string kind = "Interface_Id") =>
        $"{name}: connected to {kind} {here} of {neighbor} here, to {there} at {neighbor}";

    private static string Theirs(string name, Identifier theirs, string neighbor, Identifier here, Identifier there, string kind = "Interface_Id") =>
        $"{name}: {kind} {theirs} of {neighbor} is connected to {here} here, to {there} at {neighbor}";

    private static string Unlisted(string name, string neighbor, Identifier teLink) =>
        $"{name}: configured here, not listed by {neighbor} in its TE link {teLink}";

    private static string Stranger(string name, string neighbor, DataLinkConfiguration theirs) =>
        $"{name}: {neighbor} lists data links that are not configured here (its Interface_Id->ours): {theirs.LocalId}->{theirs.RemoteId}";

    private static string Lines(params string[] lines) => string.Join("\n", lines.Order(StringComparer.Ordinal));

    private NodeConfiguration Replace(NodeConfiguration node, params DataLinkConfiguration[] links) =>
        With(node, t => t with { DataLinks = [.. t.DataLinks.Select(l => links.FirstOrDefault(r => r.Name == l.Name) ?? l)] });

    private NodeConfiguration Without(NodeConfiguration node, string link) =>
        With(node, t => t with { DataLinks = [.. t.DataLinks.Where(l => l.Name != link)] });

    private NodeConfiguration With(NodeConfiguration node, Func<TeLinkConfiguration, TeLinkConfiguration> change) =>
        node with { TeLinks = [.. node.TeLinks.Select((t, i) => i == _te ? change(t) : t)] };
}
