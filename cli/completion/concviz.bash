# bash completion for concviz. What can follow is asked of the program itself,
# whose help is made of its table of options.

# A name with a blank is one word, and a star in it stands for itself.
_concviz_files()
{
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

# The rows of a list in the help, by its first words.
_concviz_rows()
{
    "$1" help --lang en 2>/dev/null |
        sed -n "/^$2/,/^\$/s/^  \([a-z][a-z-]*\) .*/\1/p"
}

# _concviz_options PROGRAM COMMAND: an option, a tab and what follows it.
_concviz_options()
{
    "$1" help ${2:+"$2"} --lang en 2>/dev/null | sed -n '
        s/^  -\(.\), --\([a-z-]*\)\( [^ ]*\)\{0,1\}.*/-\1	\3\
--\2	\3/p
        s/^      --\([a-z-]*\)\( [^ ]*\)\{0,1\}.*/--\1	\2/p'
}

_concviz()
{
    local program=$1 word=$2 first=${COMP_WORDS[1]} words= i
    local option value

    for ((i = 2; i < COMP_CWORD; i++)); do
        if [ "${COMP_WORDS[i]}" = -- ]; then
            if ((i + 1 == COMP_CWORD)); then
                mapfile -t COMPREPLY < <(compgen -c -- "$word")
                [[ $word != */* ]] || _concviz_files "$word"
            else
                _concviz_files "$word"
            fi
            return
        fi
    done
    [[ $first != -* ]] && ((COMP_CWORD > 1)) || first=
    if [[ $3 == -* && $3 != -- ]]; then
        while IFS='	' read -r option value; do
            [ "$option" = "$3" ] && [ -n "$value" ] || continue
            case $option$value in
            --modes*) words='coroutine,parallel sequential,coroutine threads,parallel' ;;
            --vary*) words='machines=1-64 slice=1-200 policy=fifo,random' ;;
            --frame*) words='80x24 120x36' ;;
            *FILE*) _concviz_files "$word" ;;
            *'N|N'*) ;;
            *'|'*) words=${value//|/ } ;;
            esac
            COMPREPLY+=($(compgen -W "$words" -- "$word"))
            return
        done < <(_concviz_options "$program" "$first")
    fi
    case $word in
    -*) words=$(_concviz_options "$program" "$first" | cut -f1) ;;
    *)
        if ((COMP_CWORD == 1)); then
            words="$(_concviz_rows "$program" Modes:) $(_concviz_rows "$program" Commands:)"
        else
            case $first:$COMP_CWORD in
            workload:2) words='list show check' ;;
            lesson:2)
                words="list check reset quiz $("$program" lesson list --lang en \
                    2>/dev/null | sed -n 's/.* \([a-z-]*\)$/\1/p')"
                _concviz_files "$word" ;;
            lesson:*)
                words="all $(_concviz_rows "$program" Modes:)"
                _concviz_files "$word" ;;
            progress:2)
                words=merge ;;
            help:2)
                words="$(_concviz_rows "$program" Modes:) $(_concviz_rows "$program" Commands:)" ;;
            progress:* | replay:* | python:* | cc:*) _concviz_files "$word" ;;
            help:* | watch:* | doctor:* | bench:* | reset:* | version:*) ;;
            *)
                words=$("$program" workload list --lang en 2>/dev/null |
                    while read -r name _; do echo "$name"; done)
                [ "${COMP_WORDS[2]}" = show ] || _concviz_files "$word" ;;
            esac
        fi ;;
    esac
    COMPREPLY+=($(compgen -W "$words" -- "$word"))
}

complete -o filenames -F _concviz concviz
