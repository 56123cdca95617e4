using System.Buffers.Binary;

namespace OpenLmp.Fuzz;

/// <summary>What a step of a <see cref="NodeTarget"/>'s script does to the node under test, or to what is around it.</summary>
internal enum StepKind : byte
{
    /// <summary>Time passes; datagrams arrive, deadlines come.</summary>
    Run,

    /// <summary>The next datagram of a neighbour arrives changed.</summary>
    Change,

    /// <summary>A vector arrives as if from a neighbour, perhaps with this conversation's ids in it, perhaps changed.</summary>
    Vector,

    /// <summary>Something that arrived before arrives again, perhaps changed, perhaps on another channel.</summary>
    Replay,

    /// <summary>A datagram comes from where no neighbour is.</summary>
    Stranger,

    /// <summary>The next datagrams are lost.</summary>
    Lose,

    /// <summary>The data plane reports a signal.</summary>
    Signal,

    /// <summary>A transport comes or goes.</summary>
    Transport,

    /// <summary>The operator commands.</summary>
    Command,

    /// <summary>A neighbour's operator commands.</summary>
    NeighborCommand,

    /// <summary>Another configuration.</summary>
    Reconfigure,

    /// <summary>A Test message comes in on a data link.</summary>
    Test,

    /// <summary>The data plane comes or goes, or the state file.</summary>
    Host,

    /// <summary>A neighbour is restarted, with or without its state.</summary>
    NeighborRestart,

    /// <summary>The node under test is restarted, with or without its state.</summary>
    Restart,
}

/// <summary>A step: eight bytes, so that scripts are changed and made small like any bytes.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="A">Depends on the kind, as do the others.</param>
/// <param name="B">See <paramref name="A"/>.</param>
/// <param name="C">See <paramref name="A"/>.</param>
/// <param name="Seed">Of what is changed by chance.</param>
internal readonly record struct Step(StepKind Kind, byte A, byte B, byte C, int Seed)
{
    public const int Size = 8;

    public static readonly int Kinds = Enum.GetValues<StepKind>().Length;

    public static Step Read(ReadOnlySpan<byte> bytes) =>
        new((StepKind)(bytes[0] % Kinds), bytes[1], bytes[2], bytes[3], BinaryPrimitives.ReadInt32BigEndian(bytes[4..]));

    public byte[] ToBytes()
    {
        byte[] bytes = [(byte)Kind, A, B, C, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), Seed);
        return bytes;
    }

    /// <summary>Any step; time and messages more often than the rest.</summary>
    public static Step Any(Random random)
    {
        var kind = random.Next(2) == 0 ? (StepKind)random.Next(Kinds) : (StepKind)random.Next((int)StepKind.Stranger);
        return new Step(kind, (byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), random.Next());
    }
}
