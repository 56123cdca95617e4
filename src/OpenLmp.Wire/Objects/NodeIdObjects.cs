// RFC 4204 §13.2
namespace OpenLmp.Wire;

/// <summary>LOCAL_NODE_ID (Class 2, C-Type 1): the node that sent the message (RFC 4204 §13.2).</summary>
/// <param name="NodeId">The sender's Node_Id.</param>
public sealed record LocalNodeId(NodeId NodeId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.NodeId;

    /// <inheritdoc/>
    public override byte CType => 1;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32(NodeId.Value);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Text("nodeId", NodeId.ToString(), "the sender");
}

/// <summary>REMOTE_NODE_ID (Class 2, C-Type 2): the node the message is for (RFC 4204 §13.2).</summary>
/// <param name="NodeId">The receiver's Node_Id.</param>
public sealed record RemoteNodeId(NodeId NodeId) : LmpObject
{
    /// <inheritdoc/>
    public override ObjectClass Class => ObjectClass.NodeId;

    /// <inheritdoc/>
    public override byte CType => 2;

    /// <inheritdoc/>
    public override int BodyLength => 4;

    /// <inheritdoc/>
    protected override void WriteBody(ref LmpWriter writer) => writer.WriteUInt32(NodeId.Value);

    /// <inheritdoc/>
    public override void Describe(IFieldSink fields) => fields.Text("nodeId", NodeId.ToString(), "the receiver");
}
