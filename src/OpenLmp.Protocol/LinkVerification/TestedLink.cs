// RFC 4204 §5
namespace OpenLmp.Protocol;

/// <summary>How the test of a data link stands.</summary>
internal enum TestResult
{
    /// <summary>Not begun: data links before it are tested first.</summary>
    Waiting,

    /// <summary>Test messages are being sent.</summary>
    Testing,

    /// <summary>TestStatusSuccess received.</summary>
    Verified,

    /// <summary>TestStatusFailure received, or nothing in time.</summary>
    Failed,

    /// <summary>It could not be tested any more when its turn came: allocated meanwhile, or no longer configured.</summary>
    Skipped,
}

/// <summary>A data link of a procedure that this node began.</summary>
internal sealed class TestedLink(DataLink link)
{
    public DataLink Link { get; } = link;

    public TestResult Result { get; set; }

    /// <summary>Its Test message, encoded.</summary>
    public byte[] Bytes { get; set; } = [];
}
