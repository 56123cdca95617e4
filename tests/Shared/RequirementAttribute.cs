namespace OpenLmp.Tests;

/// <summary>Names a requirement of <c>tests/Rfc/requirements.tsv</c>, or a transition of <c>tests/Rfc/transitions.tsv</c>, that a test checks.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequirementAttribute(string id) : Attribute
{
    /// <summary>The id, such as <c>4204-3.1-2</c>.</summary>
    public string Id { get; } = id;
}
