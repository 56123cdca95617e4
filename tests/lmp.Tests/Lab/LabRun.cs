namespace OpenLmp.Cli.Tests.Lab;

/// <summary>A whole lab, in real time over real UDP.</summary>
internal static class LabRun
{
    /// <summary>Runs <c>lmp lab</c>.</summary>
    public static async Task<(int Exit, string Output, string Error)> OfAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await LmpCli.RunAsync(args, new Terminal { Out = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
