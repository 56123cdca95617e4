namespace OpenLmp.Cli.Manual;

/// <summary>What people call most, by verb. Each line is a command and what it is good for; tests read every command line.</summary>
internal static class ManualExamples
{
    /// <summary>The examples of <c>lmp</c> itself and of its verbs.</summary>
    public static IReadOnlyDictionary<string, (string Line, string Meaning)[]> All { get; } = new Dictionary<string, (string, string)[]>
    {
        ["lmp"] =
        [
            ("lmp show node", "How the node is doing."),
            ("lmp top", "The same and more, live."),
            ("lmp --server http://192.0.2.2:7010 show alarms", "The alarms of another machine's daemon."),
            ("lmp lab", "A whole network on this machine, to learn with; needs no daemon."),
        ],
        ["show"] =
        [
            ("lmp show data-links te1", "The data links of one TE link, and why those are down that are."),
            ("lmp show alarms -j", "For programs: one array, whose field names do not change."),
        ],
        ["top"] =
        [
            ("lmp top", "Until q."),
            ("lmp top --once", "One picture as plain text, for a mail or a ticket."),
        ],
        ["monitor"] = [("lmp monitor -j --after 0", "All that the daemon remembers, then what happens, an object a line.")],
        ["control-channel"] = [("lmp control-channel down oxc2/1", "Takes the channel with CC_Id 1 to oxc2 out of service.")],
        ["te-link"] =
        [
            ("lmp te-link verify te1 --wait", "Where each data link really ends."),
            ("lmp te-link verify --neighbor oxc2 --unassigned --wait --timeout 120", "Finds the ids of all data links to oxc2 that are not configured."),
            ("lmp te-link summarize te1 --wait", "Whether both ends are configured alike."),
        ],
        ["data-link"] =
        [
            ("lmp data-link allocate te1-1,te1-2", "Both or none."),
            ("lmp data-link trace te1-1 --type sonet-j0 --expect PARIS", "An alarm tells when another trace arrives."),
        ],
        ["cross-connect"] = [("lmp cross-connect add te1-1 te2-4", "Lets a fault behind te2-4 be told from one on te1-1.")],
        ["config"] =
        [
            ("lmp config diff /etc/lmpd/lmpd.yaml", "What the file would change in the daemon that runs, before a reload."),
            ("lmp config set te-links/te1/confirm-interval 1h", "One key, at once."),
            ("lmp config learned", "What was found, as YAML."),
        ],
        ["log"] = [("lmp log level debug protocol", "More of what the node does, until the configuration is read again.")],
        ["cabling"] = [("lmp cabling check plan.yaml --node oxc2=http://192.0.2.2:7010", "The plan against what this node and oxc2 found.")],
        ["decode"] =
        [
            ("lmp decode -v capture.pcapng", "Every field, explained."),
            ("tcpdump -i eth0 -U -w - udp port 701 | lmp decode -", "Live."),
        ],
        ["probe"] = [("lmp probe 192.0.2.2", "Is there an LMP?")],
        ["replay"] = [("lmp replay -q node.rec", "Whether the same comes out again.")],
        ["simulate"] = [("lmp simulate --seeds 1..3 --nodes 5 --hours 1", "Three networks, an hour of virtual time each.")],
        ["lab"] = [("lmp lab --once", "The built-in lab; exit status 0 if LMP found what was planted.")],
        ["completion"] = [("lmp completion bash > /usr/share/bash-completion/completions/lmp", "For all users.")],
        ["man"] = [("lmp man show | man -l -", "One page."), ("lmp man --output pages", "All pages, into the directory pages.")],
    };
}
