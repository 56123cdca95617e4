// RFC 4204 §4
namespace OpenLmp.Protocol;

/// <summary>
/// Whether the two ends agree about a data link. Each end says it twice: by what its own LinkSummary lists, which we compare, and by its
/// answer to ours. A value of the neighbour's that differs outranks its acknowledgement: some acknowledge everything.
/// </summary>
internal sealed class LinkAgreement
{
    // What comparing the neighbour's last LinkSummary with our configuration came to; null where there is none, or it does not list the link.
    private bool? _here;
    // What the neighbour answered to our LinkSummary; null before the first answer, or once our or its view has changed since.
    private bool? _there;
    private string _differenceHere = "";
    private string _differenceThere = "";
    private string _unlisted = "";

    /// <summary>Whether someone has said that the ends agree, and no one that they do not.</summary>
    public bool IsReached => !IsBroken && (_here ?? _there) == true;

    /// <summary>Whether someone has said that the ends do not agree.</summary>
    public bool IsBroken => _here == false || _there == false;

    /// <summary>Whether the neighbour lists the link.</summary>
    public bool IsHeard => _here is not null || Negotiating.Length > 0;

    /// <summary>Whether what the neighbour lists agrees with our configuration.</summary>
    public bool IsHeardToAgree => _here == true;

    /// <summary>Whether what the neighbour lists differs from our configuration in a way that cannot be negotiated.</summary>
    public bool IsHeardToDisagree => _here == false;

    /// <summary>What differs, in words: our own finding, which names both sides' values, before the neighbour's; empty if nothing does.</summary>
    public string Difference => _here == false ? _differenceHere
        : _there != false ? ""
        : _unlisted.Length > 0 ? _unlisted
        : Negotiating.Length > 0 ? Negotiating
        : _differenceThere;

    /// <summary>What differs but may still be agreed by negotiation: no disagreement until the neighbour refuses; empty if nothing does.</summary>
    public string Negotiating { get; private set; } = "";

    /// <summary>Whether the neighbour's last LinkSummary leaves open whether it agrees, or agrees where its answer to ours refused: we should ask.</summary>
    public bool IsOpen => _there == false ? _here == true : _unlisted.Length + Negotiating.Length > 0;

    /// <summary>Whether the neighbour's last LinkSummary agrees, and it has not answered ours.</summary>
    public bool IsUnanswered => _here == true && _there is null;

    /// <summary>Our view has changed.</summary>
    public void Forget()
    {
        (_there, _differenceThere) = (null, "");
        Hear(null);
    }

    public void AgreeHere()
    {
        // What made the neighbour refuse is gone: its refusal is older than its view of now.
        if (_here == false || _unlisted.Length > 0 || Negotiating.Length > 0) (_there, _differenceThere) = (null, "");
        Hear(true);
    }

    public void DisagreeHere(string difference) => Hear(false, difference);

    public void NegotiateHere(string difference)
    {
        Hear(null);
        Negotiating = difference;
    }

    public void NotListed(string text)
    {
        Hear(null);
        _unlisted = text;
    }

    public void AgreeThere() => (_there, _differenceThere) = (true, "");

    /// <summary>The neighbour's answer is about something else: an earlier refusal stands no more.</summary>
    public void NotRefused()
    {
        if (_there == false) (_there, _differenceThere) = (null, "");
    }

    public void DisagreeThere(string difference) => (_there, _differenceThere) = (false, difference);

    private void Hear(bool? agrees, string difference = "") => (_here, _differenceHere, _unlisted, Negotiating) = (agrees, difference, "", "");
}
