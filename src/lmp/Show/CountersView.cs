using System.Globalization;
using OpenLmp.Api;
using Spectre.Console;

namespace OpenLmp.Cli.Show;

/// <summary>Counters: two small tables for each scope, with what was never counted left out.</summary>
internal sealed class CountersView : IView
{
    /// <inheritdoc/>
    public string Word => Words.Counters;

    /// <inheritdoc/>
    public string Description => "Messages and drops: of the node, and of each neighbour.";

    /// <inheritdoc/>
    public string NameHelp => "A neighbour; or node.";

    /// <inheritdoc/>
    public void Write(Client.ApiClient client, string json, Terminal terminal)
    {
        var first = true;
        foreach (var scope in client.Parse<CountersInfo[]>(json))
        {
            if (!first) terminal.Out.WriteLine();
            first = false;
            terminal.Out.WriteLine(scope.Scope == CountersInfo.NodeScope ? "Whole node" : $"Neighbour {scope.Scope}");
            var messages = scope.Messages.Where(m => m.Sent + m.Received + m.Retransmitted > 0).ToArray();
            if (messages.Length == 0)
            {
                terminal.Out.WriteLine("No messages.");
            }
            else
            {
                var table = Table("MESSAGE", "SENT", "RECEIVED", "RETRANSMITTED");
                foreach (var m in messages) table.AddRow(new Text(m.Type), Number(m.Sent), Number(m.Received), Number(m.Retransmitted));
                terminal.Write(table);
            }

            var drops = scope.Drops.Where(d => d.Count > 0).ToArray();
            if (drops.Length == 0) continue;
            var dropTable = Table("DROPPED", "COUNT");
            foreach (var drop in drops) dropTable.AddRow(new Cell(drop.Reason, Tone.Fair).Render(), Number(drop.Count));
            terminal.Write(dropTable);
        }
    }

    private static Table Table(params string[] headers)
    {
        var table = new Table { Border = TableBorder.None };
        for (var i = 0; i < headers.Length; i++)
            table.AddColumn(new TableColumn(new Text(headers[i])) { Padding = new Padding(0, 0, 2, 0), Alignment = i == 0 ? Justify.Left : Justify.Right });
        return table;
    }

    private static Text Number(long value) => new(value.ToString(CultureInfo.InvariantCulture));
}
