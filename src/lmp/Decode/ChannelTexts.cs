// RFC 4204 §13.13
using OpenLmp.Wire;

namespace OpenLmp.Cli.Decode;

/// <summary>
/// Writes the fields of CHANNEL_STATUS as it describes them. Of the text of a channel all but the Interface_Id depends on the state alone, of which
/// there are few: the first text of each is taken apart, for those after it.
/// </summary>
/// <param name="output">Where <paramref name="fields"/> go.</param>
/// <param name="fields">Writes fields.</param>
internal sealed class ChannelTexts(Utf8Text output, TextFieldSink fields)
{
    private readonly (ChannelState State, byte[]? BeforeId, byte[]? AfterId)[] _known = new (ChannelState, byte[]?, byte[]?)[16];

    /// <summary>Writes all channels of an object.</summary>
    public void Write(ChannelStatusObject o)
    {
        if (o.Channels.Count == 0) o.Describe(fields);
        foreach (var channel in o.Channels)
        {
            ref var known = ref _known[((int)channel.State.Condition & 3) | (channel.State.Active ? 4 : 0) | ((int)channel.State.Direction << 3)];
            // A zero stands for the TE link, which is something else.
            if (channel.InterfaceId.IsZero) Describe(o, channel);
            else if (known.BeforeId is not null && known.State == channel.State) output.Text(known.BeforeId).Id(channel.InterfaceId).Text(known.AfterId);
            else known = TakeApart(channel.State, Describe(o, channel));
        }
    }

    private ReadOnlySpan<byte> Describe(ChannelStatusObject o, ChannelStatusEntry channel)
    {
        var start = output.Written.Length;
        new ChannelStatusObject(o.Form, [channel]).Describe(fields);
        return output.Written[start..];
    }

    private static (ChannelState State, byte[] BeforeId, byte[] AfterId) TakeApart(ChannelState state, ReadOnlySpan<byte> text)
    {
        var id = text.IndexOf(" = "u8) + 3;
        var afterId = id + text[id..].IndexOf((byte)' ');
        return (state, text[..id].ToArray(), text[afterId..].ToArray());
    }
}
