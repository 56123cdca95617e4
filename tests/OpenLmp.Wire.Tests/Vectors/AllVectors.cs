namespace OpenLmp.Wire.Tests.Vectors;

/// <summary>All vectors, by name.</summary>
internal static class AllVectors
{
    public static IReadOnlyList<MessageVector> Messages { get; } =
    [
        .. ControlChannelVectors.All, .. LinkVerificationVectors.All, .. LinkSummaryVectors.All, .. FaultManagementVectors.All, .. TraceVectors.All,
        .. StatusConfirmationVectors.All, .. UnknownVectors.All,
    ];

    public static IReadOnlyList<ObjectVector> Objects { get; } =
        [.. IdentifierObjectVectors.All, .. NegotiationObjectVectors.All, .. LinkObjectVectors.All, .. ErrorAndTraceObjectVectors.All];

    public static IReadOnlyList<SubobjectVector> Subobjects { get; } = SubobjectVectors.All;

    public static MessageVector Message(string name) => Messages.Single(v => v.Name == name);

    public static ObjectVector Object(string name) => Objects.Single(v => v.Name == name);

    public static SubobjectVector Subobject(string name) => Subobjects.Single(v => v.Name == name);
}

/// <summary>The names as theory data: a failing vector shows by name.</summary>
public static class VectorNames
{
    public static TheoryData<string> Messages => [.. AllVectors.Messages.Select(v => v.Name)];

    public static TheoryData<string> Objects => [.. AllVectors.Objects.Select(v => v.Name)];

    public static TheoryData<string> Subobjects => [.. AllVectors.Subobjects.Select(v => v.Name)];
}
