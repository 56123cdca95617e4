namespace OpenLmp.Hosting.Tests;

public class RouteMessagesTests
{
    [Fact]
    public void Any_bytes_are_survived()
    {
        var random = new Random(4204);
        var table = new InterfaceTable();
        var bytes = new byte[96];
        for (var i = 0; i < 20_000; i++)
        {
            random.NextBytes(bytes);
            var length = random.Next(bytes.Length);
            // Plausible enough to get past the message header: total length, one of the four types, one or another family.
            if (length >= 18)
            {
                BitConverter.TryWriteBytes(bytes, random.Next(length + 8));
                BitConverter.TryWriteBytes(bytes.AsSpan(4), (ushort)random.Next(16, 22));
                bytes[16] = (byte)random.Next(12);
            }

            RouteMessages.Read(bytes.AsSpan(0, length), table);
        }

        Assert.True(table.Changes.Any);
    }

    [Fact]
    public void A_bridge_that_lets_a_port_go_does_not_make_the_interface_disappear()
    {
        var table = new InterfaceTable { IsWatched = true };
        RouteMessages.Read(Link(type: 16, family: 0), table);
        Assert.Null(table.ProblemWith("eth0"));
        RouteMessages.Read(Link(type: 17, family: 7), table);
        Assert.Null(table.ProblemWith("eth0"));
        RouteMessages.Read(Link(type: 17, family: 0), table);
        Assert.Equal("interface eth0 does not exist", table.ProblemWith("eth0"));
    }

    private static byte[] Link(ushort type, byte family)
    {
        var bytes = new byte[44];
        BitConverter.TryWriteBytes(bytes, bytes.Length);
        BitConverter.TryWriteBytes(bytes.AsSpan(4), type);
        bytes[16] = family;
        BitConverter.TryWriteBytes(bytes.AsSpan(20), 3);              // index
        BitConverter.TryWriteBytes(bytes.AsSpan(24), 0x10000 | 0x41); // LOWER_UP, RUNNING, UP
        BitConverter.TryWriteBytes(bytes.AsSpan(32), (ushort)9);      // IFLA_IFNAME
        BitConverter.TryWriteBytes(bytes.AsSpan(34), (ushort)3);
        "eth0\0"u8.CopyTo(bytes.AsSpan(36));
        return bytes;
    }
}
