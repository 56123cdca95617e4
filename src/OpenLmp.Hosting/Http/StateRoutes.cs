using Microsoft.AspNetCore.Http;
using OpenLmp.Api;
using OpenLmp.Protocol;

namespace OpenLmp.Hosting.Http;

/// <summary>GET <c>/v1/WORD</c>: all objects of a word, or those a name selects; GET <c>/v1/WORD/NAME</c>: the one of that name.</summary>
internal static class StateRoutes
{
    /// <summary>The routes.</summary>
    public static IEnumerable<ApiRoute> Of(ApiContext api)
    {
        var views = api.Views;
        return
        [
            .. Word(api, Words.Node, "The node itself, and how it is doing at a glance.", (node, name) => NodeViews.Node(node, name, api)),
            .. Word(api, Words.Neighbors, "Neighbours and the LMP adjacencies with them.", views.Neighbors),
            .. Word(api, Words.ControlChannels, "Control channels; a neighbour's name selects all channels to it.", views.ControlChannels, "{neighbor}/{id}"),
            .. Word(api, Words.TeLinks, "TE links; a neighbour's name selects all shared with it.", views.TeLinks),
            .. Word(api, Words.DataLinks, "Data links; a TE link's or component link's name selects all of it.", views.DataLinks),
            .. Word(api, Words.CrossConnects, "Which data link continues on which; either one's name selects it.", NodeViews.CrossConnects),
            .. Word(api, Words.Verifications, "Link verification procedures under way that this node began (RFC 4204 §5).", NodeViews.Verifications),
            Many<AlarmInfo>(api, Words.Alarms, "Alarms, the worst that stand first, cleared ones last; a name selects those of one object.", views.Alarms),
            Counters(api),
        ];
    }

    private static IEnumerable<ApiRoute> Word<T>(
        ApiContext api, string word, string summary, Func<LmpNode, string?, T[]?> view, string name = "{name}") =>
        [Many(api, word, summary, view), One(api, word, summary, view, name)];

    private static ApiRoute Many<T>(ApiContext api, string word, string summary, Func<LmpNode, string?, T[]?> view) =>
        new("GET", $"/v1/{word}", summary, typeof(T[]), async context =>
        {
            var name = ApiContext.Query(context, "name");
            var objects = await api.AskAsync(context, (node, _) => view(node, name)).ConfigureAwait(false);
            await ApiResponse.WriteAsync(context, objects ?? throw Missing(word, name)).ConfigureAwait(false);
        })
        {
            Query = [("name", "Only the object of this name, or those that belong to it.")],
            Errors = [StatusCodes.Status404NotFound],
        };

    private static ApiRoute One<T>(ApiContext api, string word, string summary, Func<LmpNode, string?, T[]?> view, string pattern) =>
        new("GET", $"/v1/{word}/{pattern}", $"One object. {summary.Split(';')[0].TrimEnd('.')}.", typeof(T), async context =>
        {
            var name = pattern == "{name}"
                ? ApiContext.Route(context, "name")
                : $"{ApiContext.Route(context, "neighbor")}/{ApiContext.Route(context, "id")}";
            var objects = await api.AskAsync(context, (node, _) => view(node, name)).ConfigureAwait(false);
            // What a name selects beside its bearer is for lists.
            await ApiResponse.WriteAsync(context, objects is [var one] ? one : throw Missing(word, name)).ConfigureAwait(false);
        })
        {
            Errors = [StatusCodes.Status404NotFound],
        };

    private static ApiRoute Counters(ApiContext api) =>
        new("GET", $"/v1/{Words.Counters}", "Messages and drops: of the node, and of each neighbour.", typeof(CountersInfo[]), async context =>
        {
            var name = ApiContext.Query(context, "name");
            var snapshots = await api.AskAsync(context, (node, _) => CounterSnapshot.Take(node, name)).ConfigureAwait(false);
            if (snapshots is null) throw Missing(Words.Counters, name);
            await ApiResponse.WriteAsync(context, snapshots.Select(snapshot => snapshot.ToInfo()).ToArray()).ConfigureAwait(false);
        })
        {
            Query = [("name", "Only those of this neighbour; node: only those of the whole node.")],
            Errors = [StatusCodes.Status404NotFound],
        };

    private static ApiException Missing(string word, string? name) =>
        new(StatusCodes.Status404NotFound, $"there is no {name} among the {word}; see lmp show {word}");
}
