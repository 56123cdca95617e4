using OpenLmp.Cli;

return await LmpCli.RunAsync(args, Terminal.System()).ConfigureAwait(false);
