# Completion of lmp for bash. Once: source <(lmp completion bash)
# For all users: lmp completion bash > /usr/share/bash-completion/completions/lmp
_lmp() {
    local line=${COMP_LINE:0:COMP_POINT} program=${COMP_WORDS[0]} suggestion
    line=${line#*"$program"}
    COMPREPLY=()
    while IFS=$'\t' read -r suggestion _; do
        if [[ $suggestion == :files ]]; then
            compopt -o default
            return
        fi
        COMPREPLY+=("$suggestion")
    done < <("${program/#\~/$HOME}" suggest -- "$line" 2>/dev/null)
    # readline replaces only what is after the last : or = of the word.
    local word=${line##* } begin
    begin=${word%"${word##*[:=]}"}
    [[ -z $begin ]] || COMPREPLY=("${COMPREPLY[@]#"$begin"}")
}
complete -F _lmp lmp
