// RFC 2741 §6.2
using OpenLmp.Wire;

namespace OpenLmp.Snmp;

/// <summary>What a Response says (RFC 2741 §6.2.16); other numbers are possible.</summary>
public enum AgentXError : ushort
{
#pragma warning disable CS1591 // The names are the RFC's.
    NoError = 0,
    GenErr = 5,
    CommitFailed = 14,
    UndoFailed = 15,
    NotWritable = 17,
    OpenFailed = 256,
    NotOpen = 257,
    IndexWrongType = 258,
    IndexAlreadyAllocated = 259,
    IndexNoneAvailable = 260,
    IndexNotAllocated = 261,
    UnsupportedContext = 262,
    DuplicateRegistration = 263,
    UnknownRegistration = 264,
    UnknownAgentCaps = 265,
    ParseError = 266,
    RequestDenied = 267,
    ProcessingError = 268,
#pragma warning restore CS1591
}

/// <summary>Why a session is closed (RFC 2741 §6.2.2).</summary>
public enum CloseReason : byte
{
#pragma warning disable CS1591 // The names are the RFC's.
    Other = 1,
    ParseError = 2,
    ProtocolError = 3,
    Timeouts = 4,
    Shutdown = 5,
    ByManager = 6,
#pragma warning restore CS1591
}

/// <summary>Begins a session (RFC 2741 §6.2.1).</summary>
/// <param name="Timeout">Seconds in which the master may expect answers; 0: the master's own.</param>
/// <param name="Id">What the subagent is; without sub-identifiers: not told.</param>
/// <param name="Description">In words.</param>
public sealed record OpenPdu(byte Timeout, ObjectIdentifier Id, string Description) : AgentXPdu(PduType.Open)
{
    private protected override void Write(AgentXWriter writer)
    {
        writer.UInt8(Timeout);
        writer.UInt8(0);
        writer.UInt16(0);
        writer.Oid(Id);
        writer.Text(Description);
    }
}

/// <summary>Ends a session (RFC 2741 §6.2.2).</summary>
/// <param name="Reason">Why.</param>
public sealed record ClosePdu(CloseReason Reason) : AgentXPdu(PduType.Close)
{
    private protected override void Write(AgentXWriter writer)
    {
        writer.UInt8((byte)Reason);
        writer.UInt8(0);
        writer.UInt16(0);
    }
}

/// <summary>Asks for the requests about a subtree (RFC 2741 §6.2.3).</summary>
/// <param name="Priority">The lowest wins; 127 is usual.</param>
/// <param name="Subtree">The subtree.</param>
public sealed record RegisterPdu(byte Priority, ObjectIdentifier Subtree) : AgentXPdu(PduType.Register)
{
    private protected override void Write(AgentXWriter writer)
    {
        writer.UInt8(0);
        writer.UInt8(Priority);
        writer.UInt16(0);
        writer.Oid(Subtree);
    }
}

/// <summary>Asks for instances (RFC 2741 §6.2.5).</summary>
/// <param name="Names">Which.</param>
public sealed record GetPdu(ValueList<ObjectIdentifier> Names) : AgentXPdu(PduType.Get)
{
    private protected override void Write(AgentXWriter writer)
    {
        foreach (var name in Names)
        {
            writer.Oid(name);
            writer.Oid(default);
        }
    }
}

/// <summary>Asks for what comes next (RFC 2741 §6.2.6).</summary>
/// <param name="Ranges">After what, and before what.</param>
public sealed record GetNextPdu(ValueList<SearchRange> Ranges) : AgentXPdu(PduType.GetNext)
{
    private protected override void Write(AgentXWriter writer) => WriteRanges(writer, Ranges);

    internal static void WriteRanges(AgentXWriter writer, ValueList<SearchRange> ranges)
    {
        foreach (var range in ranges)
        {
            writer.Oid(range.Start, range.Include);
            writer.Oid(range.End);
        }
    }
}

/// <summary>Asks for much of what comes next (RFC 2741 §6.2.7).</summary>
/// <param name="NonRepeaters">How many ranges are asked for once.</param>
/// <param name="MaxRepetitions">How often to repeat the others, at most.</param>
/// <param name="Ranges">After what, and before what.</param>
public sealed record GetBulkPdu(ushort NonRepeaters, ushort MaxRepetitions, ValueList<SearchRange> Ranges) : AgentXPdu(PduType.GetBulk)
{
    private protected override void Write(AgentXWriter writer)
    {
        writer.UInt16(NonRepeaters);
        writer.UInt16(MaxRepetitions);
        GetNextPdu.WriteRanges(writer, Ranges);
    }
}

/// <summary>Asks whether values can be set (RFC 2741 §6.2.8).</summary>
/// <param name="VarBinds">Which values.</param>
public sealed record TestSetPdu(ValueList<VarBind> VarBinds) : AgentXPdu(PduType.TestSet)
{
    private protected override void Write(AgentXWriter writer)
    {
        foreach (var bind in VarBinds) writer.VarBind(bind);
    }
}

/// <summary>Tells something of its own accord (RFC 2741 §6.2.10).</summary>
/// <param name="VarBinds">sysUpTime.0 if wanted, snmpTrapOID.0, and the notification's objects.</param>
public sealed record NotifyPdu(ValueList<VarBind> VarBinds) : AgentXPdu(PduType.Notify)
{
    private protected override void Write(AgentXWriter writer)
    {
        foreach (var bind in VarBinds) writer.VarBind(bind);
    }
}

/// <summary>Names a specification that the subagent conforms to, for the master's sysORTable (RFC 2741 §6.2.14).</summary>
/// <param name="Id">The specification.</param>
/// <param name="Description">In words.</param>
public sealed record AddAgentCapsPdu(ObjectIdentifier Id, string Description) : AgentXPdu(PduType.AddAgentCaps)
{
    private protected override void Write(AgentXWriter writer)
    {
        writer.Oid(Id);
        writer.Text(Description);
    }
}

/// <summary>Answers a PDU (RFC 2741 §6.2.16).</summary>
/// <param name="SysUpTime">The master's sysUpTime, hundredths of a second; 0 from a subagent.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Index">With which value, from 1; 0: none in particular.</param>
/// <param name="VarBinds">The values asked for.</param>
public sealed record ResponsePdu(uint SysUpTime, AgentXError Error, ushort Index, ValueList<VarBind> VarBinds) : AgentXPdu(PduType.Response)
{
    private protected override void Write(AgentXWriter writer)
    {
        writer.UInt32(SysUpTime);
        writer.UInt16((ushort)Error);
        writer.UInt16(Index);
        foreach (var bind in VarBinds) writer.VarBind(bind);
    }
}

/// <summary>A PDU of which nothing but the header matters here: Ping, CommitSet, UndoSet, CleanupSet, and what a master never sends.</summary>
/// <param name="Type">The type.</param>
public sealed record PlainPdu(PduType Type) : AgentXPdu(Type);
