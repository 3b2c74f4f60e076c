# bash completion for concviz; tests/manual.test holds it against --help.

# A name with a blank is one word, and a star in it stands for itself.
_concviz_files()
{
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_concviz()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local modes='sequential coroutine threads parallel hybrid'
    local commands='python compare replay explore cc what-if watch export lesson progress workload bench doctor
        reset help version'
    local first=${COMP_WORDS[1]} words=

    case $before in
    --policy) words='fifo priority random pick sjf srtf mlfq lottery fair rm edf' ;;
    --tie) words='arrival running' ;;
    --preempted) words='front tail' ;;
    --lines) words='shared own' ;;
    --view) words='auto live plain none' ;;
    --show) words='program output picture' ;;
    --theme) words='auto dark light mono' ;;
    --vary) words='machines=1-64 slice=1-200 policy=fifo,random' ;;
    --mode) words='sequential coroutine threads parallel hybrid' ;;
    --to) words='html chrome speedscope csv text svg cast' ;;
    --lang) words='en ko' ;;
    --format) words='text svg' ;;
    --level) words='1 2 3' ;;
    --cast) words='2 3' ;;
    --frame) words='80x24 120x36' ;;
    --modes) words='coroutine,parallel sequential,coroutine threads,parallel' ;;
    --sound | --record | --stdin | --save | -o)
        _concviz_files "$word"
        return ;;
    --machines | --slice | --seed | --gil | --switch-cost | --limit | --at | --speed | \
        --schedule | --schedules | --page | --with | --max-preemptions | --name)
        return ;;
    esac
    if [ -z "$words" ]; then
        case $word in
        -*)
            words='--lang --help --version -h -V'
            [ "$first" = bench ] || [ "$first" = doctor ] &&
                words="$words --json"
            [ "$first" = explore ] && words="$words --mode --schedules
                --max-preemptions --seed --limit --json --view --stdin --theme
                --no-color --ascii"
            [ "$first" = what-if ] && words="$words --machines --mode --slice
                --vary --policy --seed --switch-cost
                --lines --gil --limit --model --json --ascii"
            [ "$first" = export ] && words="$words --to --save -o --mode
                --modes --with --machines --slice --policy --tie --preempted
                --seed --lines --gil --switch-cost --limit --schedule --model
                --ascii --frame --at --speed --theme --no-color --large --show
                --no-motion --cast --question --perfetto-states"
            [ "$first" = progress ] && words="$words --csv --name"
            [ "$first" = lesson ] && words="$words --class --lecturer --page --level
                --blank --answers --format"
            [ "$first" = replay ] && words="$words --follow --view --json
                --frame --at --svg --sound --speed --step --output --stdin --theme
                --no-color --ascii --large --show --no-motion --mouse"
            [ "$first" = python ] || [ "$first" = watch ] && words="$words --view --json
                --frame --at --svg --sound --record --speed --step --output --stdin
                --theme --no-color --ascii --large --show --no-motion --mouse"
            [ "$first" = workload ] || [ "$first" = bench ] || [ "$first" = python ] || [ "$first" = watch ] ||
                [ "$first" = replay ] || [ "$first" = explore ] || [ "$first" = progress ] ||
                [ "$first" = what-if ] || [ "$first" = doctor ] ||
                [ "$first" = export ] ||
                words="$words --schedule --machines --slice
                --policy --tie --preempted --seed --lines --gil --switch-cost
                --limit --model --view --json --frame --at --svg --sound --record --kernel --speed
                --step --output --theme
                --no-color --ascii --large --show --no-motion --mouse"
            [ "$first" = compare ] && words="$words --modes --with" ;;
        *)
            if [ "$COMP_CWORD" = 1 ]; then
                words="$modes $commands"
            elif [ "$first" = workload ] && [ "$COMP_CWORD" = 2 ]; then
                words='list show check'
            elif [ "$first" = lesson ] && [ "$COMP_CWORD" = 2 ]; then
                words="list check reset quiz $(concviz lesson list --lang en \
                    2>/dev/null | sed -n 's/.* \([a-z-]*\)$/\1/p')"
                _concviz_files "$word"
            elif [ "$first" = lesson ]; then
                words="all $modes"
                _concviz_files "$word"
            elif [ "$first" = progress ]; then
                [ "$COMP_CWORD" = 2 ] && words=merge
                _concviz_files "$word"
            elif [ "$first" = replay ] || [ "$first" = python ]; then
                _concviz_files "$word"
                return
            elif [ "$first" = help ]; then
                words="$modes $commands"
            else
                words=$(concviz workload list --lang en 2>/dev/null |
                    while read -r name _; do echo "$name"; done)
                _concviz_files "$word"
            fi ;;
        esac
    fi
    COMPREPLY+=($(compgen -W "$words" -- "$word"))
}

complete -o filenames -F _concviz concviz
