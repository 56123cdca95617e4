using OpenLmp.Api;
using OpenLmp.Cli.Client;

namespace OpenLmp.Cli.Cabling;

/// <summary>Asks nodes for their data links; what one does not answer keeps no other from being asked.</summary>
internal static class NodeAsker
{
    /// <summary>Asks all at once.</summary>
    public static async Task<(IReadOnlyList<AskedNode> Asked, IReadOnlyList<SilentNode> Silent)> AskAsync(IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(targets.Select(target => AskAsync(target, cancellationToken))).ConfigureAwait(false);
        return ([.. answers.Select(a => a.Asked).OfType<AskedNode>()], [.. answers.Select(a => a.Silent).OfType<SilentNode>()]);
    }

    private static async Task<(AskedNode? Asked, SilentNode? Silent)> AskAsync(Target target, CancellationToken cancellationToken)
    {
        using var client = target.Connect();
        try
        {
            var node = client.Parse<NodeInfo[]>(await Get(Words.Node).ConfigureAwait(false));
            var neighbors = client.Parse<NeighborInfo[]>(await Get(Words.Neighbors).ConfigureAwait(false));
            var dataLinks = client.Parse<DataLinkInfo[]>(await Get(Words.DataLinks).ConfigureAwait(false));
            return node is [var one] ? (new AskedNode(one, neighbors, dataLinks, target.Name), null) : (null, new SilentNode(target.Label, "it does not say which node it is"));
        }
        catch (CliException e)
        {
            return (null, new SilentNode(target.Label, e.Message));
        }

        Task<string> Get(string word) => client.GetTextAsync($"/v1/{word}", cancellationToken);
    }
}
