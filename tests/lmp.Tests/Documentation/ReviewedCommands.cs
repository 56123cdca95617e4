namespace OpenLmp.Cli.Tests.Documentation;

/// <summary>The commands of the documentation that are not simply run to exit code 0, each with the reason. A new line here is a decision: run what can be run.</summary>
internal static class ReviewedCommands
{
    /// <summary>Not run, but read by the command line's own parser.</summary>
    public static readonly Dictionary<string, string> ParsedOnly = new()
    {
        ["lmp lab"] = "goes on until Ctrl+C; LabTests and LabExampleTests run labs",
        ["lmp lab --once"] = "takes seconds; LabExampleTests run it",
        ["lmp simulate --seeds 1..3 --nodes 5 --hours 1"] = "takes long; SimulateCommandTests run shorter ones",
        ["lmp simulate --seed 1 --nodes 5 --hours 0.2"] = "takes seconds; SimulateCommandTests run shorter ones",
        ["lmp decode -"] = "reads what tcpdump captures; DecodeCommandTests decode standard input",
        ["lmp replay RECORDING"] = "RECORDING stands for a file; ReplayCommandTests replay one",
    };

    /// <summary>Not run at all.</summary>
    public static readonly Dictionary<string, string> Synopses = new()
    {
        ["lmp [--socket PATH"] = "how a command line is made up",
    };

    /// <summary>Run, but the answer in the two nodes of the test is another than in the text.</summary>
    public static readonly Dictionary<string, (int ExitCode, string Why)> OtherAnswers = new()
    {
        ["lmp --socket /tmp/openlmp-ns$n.sock te-link verify te1 --wait"] = (1, "nothing carries Test messages here"),
        ["lmp cabling check plan.yaml --node oxc1=/run/lmpd/lmpd.sock --node oxc2=https://192.0.2.2:7443"] = (1, "nothing has been verified here"),
        ["lmp cabling check examples/two-namespaces/plan.yaml --node oxc1=/tmp/openlmp-ns1.sock --node oxc2=/tmp/openlmp-ns2.sock"] = (1, "nothing has been verified here"),
        ["lmp probe 10.255.0.2"] = (1, "refused, as in one of the texts"),
        ["lmp config diff lmpd.yaml"] = (1, "something differs, as in the text"),
    };

    /// <summary>Streams without an end: they have to begin.</summary>
    public static readonly string[] Endless = ["lmp monitor", "curl -sN"];
}
