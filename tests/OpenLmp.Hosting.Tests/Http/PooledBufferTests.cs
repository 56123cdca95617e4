using System.Text.Json;
using OpenLmp.Hosting.Http;

namespace OpenLmp.Hosting.Tests.Http;

public class PooledBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30_000)]
    public void What_is_written_comes_out_whole(int values)
    {
        var numbers = Enumerable.Range(1, values).ToArray();
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer)) JsonSerializer.Serialize(writer, numbers);
        var expected = JsonSerializer.SerializeToUtf8Bytes(numbers);
        Assert.Equal(expected, buffer.Pieces.SelectMany(piece => piece.ToArray()));
        Assert.Equal(expected.Length, buffer.Length);
    }

    [Fact]
    public void More_than_a_piece_at_once_has_a_piece_of_its_own()
    {
        using var buffer = new PooledBuffer();
        Assert.Empty(buffer.Pieces);
        buffer.GetSpan(1)[0] = 7;
        buffer.Advance(1);
        var large = buffer.GetSpan(1_000_000);
        Assert.True(large.Length >= 1_000_000);
        large[..1_000_000].Fill(8);
        buffer.Advance(1_000_000);
        Assert.Equal([7, .. Enumerable.Repeat<byte>(8, 1_000_000)], buffer.Pieces.SelectMany(piece => piece.ToArray()));
    }
}
