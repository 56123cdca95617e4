using System.CommandLine;
using OpenLmp.Cli.Decode;
using OpenLmp.Cli.Probe;

var root = new RootCommand("OpenLMP: client and tools for the Link Management Protocol (RFC 4204).") { DecodeCommand.Create(), ProbeCommand.Create() };
var parsed = root.Parse(args);
var exitCode = parsed.Invoke();
// The library's code for bad usage is 1, which here means that the answer is no.
return parsed.Errors.Count > 0 ? 2 : exitCode;
