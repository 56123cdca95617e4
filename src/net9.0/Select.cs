namespace OpenLmp;

/// <summary>
/// Select without the shortcuts of LINQ's own, which it hides from the whole tree; only in native builds for .NET 9. Those shortcuts (Select after
/// Select or Where, over a list or an array) are generic virtual methods: the native compiler makes them for each combination of a value type
/// that is selected from anywhere with each that is selected anywhere, which was a third of the executable. .NET 10's LINQ has none of them in
/// native builds.
/// </summary>
internal static class Selecting
{
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (var item in source) yield return selector(item);
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        var index = 0;
        foreach (var item in source) yield return selector(item, index++);
    }
}
