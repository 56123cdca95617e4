namespace OpenLmp.Hosting;

/// <summary>What was probably meant by a word that is not known.</summary>
internal static class Suggestion
{
    // Longer words are no misspellings of ours, and the distance takes time.
    private const int LongestWord = 40;
    private const int MostListed = 40;

    /// <summary>"did you mean x?" where a known word is near, otherwise the known words after <paramref name="otherwise"/>.</summary>
    public static string For(string word, ReadOnlySpan<string> known, string otherwise)
    {
        if (Nearest(word, known) is { } nearest) return $"did you mean {nearest}?";
        if (known.IsEmpty) return $"{otherwise} none";
        var listed = known.Length > MostListed ? known[..MostListed] : known;
        return $"{otherwise} {string.Join(", ", listed)}{(known.Length > MostListed ? ", ..." : "")}";
    }

    /// <summary>The nearest of the known words, or null where none is near.</summary>
    public static string? Nearest(string word, ReadOnlySpan<string> known)
    {
        if (word.Length > LongestWord) return null;
        var normal = Normalize(word);
        string? nearest = null;
        var least = int.MaxValue;
        foreach (var candidate in known)
        {
            var distance = Distance(normal, Normalize(candidate));
            if (distance >= least || distance > Math.Max(1, candidate.Length / 4)) continue;
            least = distance;
            nearest = candidate;
        }

        return nearest;
    }

    /// <summary>nodeId, node_id and node-id are one word; so are the RFC's "Dedicated 1+1" and dedicated-1plus1.</summary>
    private static string Normalize(string word) => string.Concat(word.Select(c => c switch
    {
        '-' or '_' or ' ' => "",
        '+' => "plus",
        ':' => "to",
        _ => char.ToLowerInvariant(c).ToString(),
    }));

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one word of the other.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replace, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
