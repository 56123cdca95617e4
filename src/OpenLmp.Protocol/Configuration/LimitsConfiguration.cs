namespace OpenLmp.Protocol;

/// <summary>
/// How many messages other than Hello are looked at. One of up to 512 octets counts once, a longer one once more for every further 512; of what
/// is not used, two seconds' worth may come at once. What is more is dropped before it is decoded. LMP repeats what matters.
/// </summary>
/// <param name="PerSource">Messages a second from one neighbour's address; at least 1.</param>
/// <param name="Total">Messages a second from all together; at least 1.</param>
public sealed record LimitsConfiguration(int PerSource, int Total)
{
    /// <summary>Several times what a neighbour with thousands of data links says when it comes up: 5,000 and 20,000.</summary>
    public static readonly LimitsConfiguration Default = new(5_000, 20_000);
}
