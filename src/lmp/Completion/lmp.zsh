#compdef lmp
# Completion of lmp for zsh. Once: source <(lmp completion zsh)
# For all users: lmp completion zsh > /usr/share/zsh/vendor-completions/_lmp
_lmp() {
    local suggestion description
    local -a suggestions
    while IFS=$'\t' read -r suggestion description; do
        if [[ $suggestion == :files ]]; then
            _files
            return
        fi
        suggestions+=("${suggestion//:/\\:}:$description")
    done < <("${(Q)words[1]/#\~/$HOME}" suggest -- " ${(j: :)words[2,CURRENT-1]} $PREFIX" 2>/dev/null)
    _describe -t suggestions lmp suggestions
}
if [[ $funcstack[1] == _lmp ]]; then
    _lmp "$@"
else
    compdef _lmp lmp
fi
