using System.Runtime.CompilerServices;

namespace OpenLmp.Fuzz;

/// <summary>
/// Which ways through the code an input took: an edge is a basic block and the one before it, as in AFL. Instrumented assemblies call
/// <see cref="Hit"/> at the beginning of each basic block; without them nothing is ever new.
/// </summary>
public static class Coverage
{
    // Wide enough that some ten thousand edges rarely share a place.
    private const int Size = 1 << 20;

    private static readonly byte[] Counts = new byte[Size];
    private static readonly byte[] Seen = new byte[Size];
    private static readonly int[] Touched = new int[Size];
    private static int _touchedCount;
    private static int _previous;

    /// <summary>Edges seen in all inputs since <see cref="Forget"/>.</summary>
    public static int Edges { get; private set; }

    /// <summary>Called by instrumented code.</summary>
    /// <param name="block">The basic block's number, spread over the places there are.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Hit(int block)
    {
        var edge = (_previous ^ block) & (Size - 1);
        _previous = block >> 1;
        ref var count = ref Counts[edge];
        // Threads of the API's server may count wrongly; they must not write outside.
        if (count == 0) Touched[_touchedCount++ & (Size - 1)] = edge;
        if (count < byte.MaxValue) count++;
    }

    /// <summary>Forgets what has been seen: another target begins.</summary>
    public static void Forget()
    {
        Array.Clear(Counts);
        Array.Clear(Seen);
        (_touchedCount, _previous, Edges) = (0, 0, 0);
    }

    /// <summary>Ends an input: whether it took an edge never taken before, or one so often as never before (in powers of two).</summary>
    public static bool TakeNews()
    {
        var news = false;
        for (var i = Math.Min(_touchedCount, Size) - 1; i >= 0; i--)
        {
            var edge = Touched[i];
            ref var seen = ref Seen[edge];
            var times = (byte)(1 << byte.Log2(Math.Max((byte)1, Counts[edge])));
            Counts[edge] = 0;
            if ((seen & times) != 0) continue;
            if (seen == 0) Edges++;
            seen |= times;
            news = true;
        }

        (_touchedCount, _previous) = (0, 0);
        return news;
    }
}
