// RFC 4209 §2.3
using OpenLmp.Wire;

namespace OpenLmp.Protocol;

/// <content>What the neighbour announces of the link on a WDM session.</content>
public sealed partial class DataLink
{
    /// <summary>
    /// What the neighbour's last LinkSummary announced of the link (RFC 4209 §2.3); null while it has listed the link in none, and without a WDM
    /// session.
    /// </summary>
    public WdmProperties? RemoteProperties { get; private set; }

    /// <summary>The link's properties of RFC 4209 §2.3 as far as they are known here: what the neighbour announces, else what is configured.</summary>
    public WdmProperties Properties
    {
        get
        {
            var own = WdmProperties.Of(Configuration);
            return RemoteProperties?.Or(own) ?? own;
        }
    }

    /// <summary>The neighbour's LinkSummary lists the link; null: it does not.</summary>
    internal void HearProperties(DataLinkObject? theirs) =>
        RemoteProperties = theirs is not null && TeLink.Neighbor.IsWdm ? WdmProperties.Of(theirs) : null;
}
