namespace OpenLmp.Wire.Tests;

public class SmokeTests
{
    [Fact]
    public void Hello_struct_and_message_agree()
    {
        var bytes = new byte[Hello.EncodedLength];
        new Hello(HeaderFlags.LmpRestart, 7, 1, 0).Encode(bytes);
        Assert.True(LmpMessage.TryDecode(bytes, out var m, out var error), error.ToString());
        Assert.Equal(new HelloMessage(7, 1, 0) { Flags = HeaderFlags.LmpRestart }, m);
        Assert.Equal(bytes, m!.Encode());
    }
}
