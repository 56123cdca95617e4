# Completion of lmp for fish. Once: lmp completion fish | source
# For all users: lmp completion fish > /usr/share/fish/vendor_completions.d/lmp.fish
function __lmp_suggestions
    set -l line (string replace --regex '^\s*\S+' '' -- (commandline --cut-at-cursor --current-process))
    set -l suggestions (lmp suggest -- "$line" 2>/dev/null)
    if string match --quiet ':files*' -- $suggestions[1]
        __fish_complete_path (commandline --current-token)
    else
        printf '%s\n' $suggestions
    end
end
complete --command lmp --no-files --arguments '(__lmp_suggestions)'
