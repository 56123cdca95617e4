using System.Diagnostics;

namespace OpenLmp.Fuzz;

/// <summary>Makes a find small: what can go goes, what can be zero becomes zero, as long as it fails in the same way.</summary>
internal static class Minimizer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static byte[] Minimize(FuzzTarget target, byte[] input, Func<byte[], bool> fails)
    {
        var start = Stopwatch.GetTimestamp();
        if (!fails(input)) return input;
        for (var shrunk = true; shrunk && Stopwatch.GetElapsedTime(start) < Patience;)
        {
            shrunk = false;
            for (var size = Math.Max(target.Unit, input.Length / 2 / target.Unit * target.Unit); size >= target.Unit; size = size / 2 / target.Unit * target.Unit)
            {
                for (var at = 0; at + size <= input.Length && Stopwatch.GetElapsedTime(start) < Patience;)
                {
                    byte[] less = [.. input[..at], .. input[(at + size)..]];
                    if (fails(less)) (input, shrunk) = (less, true);
                    else at += size;
                }
            }
        }

        for (var i = 0; i < input.Length && Stopwatch.GetElapsedTime(start) < 2 * Patience; i++)
        {
            if (input[i] == 0) continue;
            var zeroed = (byte[])input.Clone();
            zeroed[i] = 0;
            if (fails(zeroed)) input = zeroed;
        }

        return input;
    }
}
