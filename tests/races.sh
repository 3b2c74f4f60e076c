#!/bin/sh
# races.sh CONCVIZ SOURCES -- what explore finds in programs made by concviz cc,
# beside ThreadSanitizer, in one run (make check-races).
#
# The programs are those of SOURCES/programs whose race is named or that have none
# (tests/cc.test), and all of SOURCES/orders, right and broken as their first
# comments say. ThreadSanitizer runs each so many times as the system goes. Fails
# if concviz misses what was put in, or finds anything in what is right.
#
# Nine of those that are right between calls that meet are not right between
# accesses: what they count to see that they are right, or what they order by
# sleeping or by a pointer alone, has no lock. That race is wanted, and no other.
program=$1 sources=$2
times=${CONCVIZ_TEST_RUNS:-10} schedules=${CONCVIZ_TEST_SCHEDULES:-1000}
case $program in /*) ;; *) program=$PWD/$program ;; esac
case $sources in /*) ;; *) sources=$PWD/$sources ;; esac
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 HOME=$work
export LC_ALL HOME
unset LANGUAGE XDG_CONFIG_HOME LD_PRELOAD
cd "$work" || exit 99
wrong=0
flags='-w -g -O0 -D_GNU_SOURCE'

now() { date +%s%N; }

# racing NAME: the variables of a right program that race.
racing() {
    case $1 in
    bathroom) echo inside ;;
    lazy) echo thing ;;
    list) echo 'searching|inserting' ;;
    readers) echo reading ;;
    river) echo aboard ;;
    rooms) echo 'in_first|in_second' ;;
    sleeps) echo order ;;
    smokers) echo 'agents|pushers|smokers' ;;
    water) echo bonding ;;
    esac
}

# seconds FROM: since then.
seconds() {
    echo "$1 $(now)" | awk '{ printf "%.1f", ($2 - $1) / 1e9 }'
}

# thread_sanitizer SOURCE FLAGS...: what it reports in how many runs, and how many
# went wrong otherwise.
thread_sanitizer() {
    # shellcheck disable=SC2086
    ${CC:-cc} $flags -fsanitize=thread "$@" -o sanitized -pthread 2>log || {
        echo 'does not compile'
        return
    }
    began=$(now) races=0 locks=0 bad=0 i=0
    while test $i -lt "$times"
    do
        i=$((i + 1)) status=0
        timeout 2 ./sanitized >out 2>err </dev/null || status=$?
        if grep -q 'ThreadSanitizer: data race' err
        then races=$((races + 1))
        elif grep -q 'ThreadSanitizer: lock-order' err
        then locks=$((locks + 1))
        elif test $status -gt 100
        then bad=$((bad + 1))
        fi
    done
    said=
    test $races = 0 || said="race $races, "
    test $locks = 0 || said="${said}lock order $locks, "
    test $bad = 0 || said="${said}hang or crash $bad, "
    echo "${said:--, }$(seconds "$began") s"
}

# explored SOURCE FLAGS...: the kinds that were found, each with the first run in
# which it was; kinds and tried are left behind.
explored() {
    kinds='' tried='does not compile'
    # shellcheck disable=SC2086
    "$program" cc $flags "$@" -o prog -pthread >log 2>&1 || return
    began=$(now)
    timeout 300 "$program" explore --json --schedules "$schedules" -- ./prog \
        >out 2>err </dev/null
    kinds=$(sed -n 's/.*"kind": *"\([a-z-]*\)", *"runs".*/\1/p' out | sort -u |
        tr '\n' ' ')
    tried=$(sed -n 's/.*"kind": *"\([a-z-]*\)", *"runs": *[0-9]*, *"first": *\([0-9]*\).*/\1 \2/p' out |
        awk '!($1 in seen) { seen[$1]; printf "%s%s run %d", n++ ? ", " : "", $1, $2 }')
    grep -q '"found":' out || tried="no answer: $(head -n 1 err)"
    tried="${tried:--}, $(seconds "$began") s"
}

# compare NAME WANTED SOURCE FLAGS...: wanted are kinds, or nothing, or no-race:
# anything else, or race: on one of $variables and on nothing else.
compare() {
    name=$1 wanted=$2
    shift 2
    beside=$(thread_sanitizer "$@")
    explored "$@"
    verdict=ok
    case $tried in 'no answer'* | 'does not compile'*) verdict='FAILED' ;; esac
    case $wanted in
    nothing) test -z "$kinds" || verdict='FALSE ALARM' ;;
    race)
        case " $kinds" in *' data-race '*) ;; *) verdict='MISSED' ;; esac
        ! grep -o 'data race on [^:]*' out |
            grep -Evq "^data race on ($variables)([.+[]|\$)" ||
            verdict='FALSE ALARM' ;;
    no-race)
        case " $kinds" in *' data-race '*) verdict='FALSE ALARM' ;; esac ;;
    *)
        for kind in $wanted
        do case " $kinds" in *" $kind "*) ;; *) verdict='MISSED' ;; esac
        done ;;
    esac
    test "$verdict" = ok || wrong=$((wrong + 1))
    printf '%-24s %-11s %-34s %-50s %s\n' \
        "$name" "$wanted" "$beside" "$tried" "$verdict"
}

printf '%-24s %-11s %-34s %-50s %s\n' program 'put in' \
    "ThreadSanitizer, $times runs" "concviz cc and explore, $schedules orders" ''
for source in "$sources"/programs/race_*.c
do compare "$(basename "$source" .c)" data-race "$source"
done
for name in c11 cancel condition create_join forks keys \
    mutex_kinds pipes rwlock storage streams
do compare "$name" no-race "$sources/programs/$name.c"
done
for source in "$sources"/orders/*.c
do
    name=$(basename "$source" .c)
    variables=$(racing "$name")
    wanted=$(sed -n 's/^ \* finds: //p' "$source")
    test -z "$variables" || wanted=race
    compare "$name" "$wanted" "$source"
    sed -n 's/^ \* finds with \([A-Z_]*\): /\1 /p' "$source" >broken
    while read -r flag wanted
    do compare "$name $flag" "$wanted" "-D$flag" "$source" </dev/null
    done <broken
done
echo "missed or false: $wrong"
test $wrong = 0
