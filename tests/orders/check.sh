#!/bin/sh
# make check-orders -- what explore -- COMMAND is to reach, as a table: each
# broken program within 2000 runs, and again in 100 replays of 100; nothing in
# correct ones, in 20,000 runs and more. Fails when a figure is missed.
#
# A row: the program, what was found, in which run, how many decisions the
# shortest order has, how many replays went wrong in that way, and runs a second
# (by the clock, with all that explore does).
program=$PWD/concviz
sources=$srcdir/tests
case $sources in /*) ;; *) sources=$PWD/$sources ;; esac
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 HOME=$work
export LC_ALL HOME
unset LANGUAGE XDG_CONFIG_HOME LD_PRELOAD
test -f libconcviz-preload.so || {
    echo 'programs can be run on x86-64 with glibc only'
    exit 0
}
cd "$work" || exit 99
RUNS=2000 REPLAYS=100
bad=0 broken=0 correct=0 tried=0

compiled() {
    ${CC:-cc} -w -O0 -g -D_GNU_SOURCE "$@" -pthread >log 2>&1
}

explored() {
    began=$(date +%s%N)
    "$program" explore --json --schedules $RUNS -- "./$1" >found 2>err </dev/null
    took=$(($(date +%s%N) - began))
    runs=$(sed -n 's/.*"schedules": *\([0-9]*\).*/\1/p' found)
    tr '{' '\n' <found | sed -n \
        's/.*"kind": *"\([a-z-]*\)", *"runs".*"first": *\([0-9]*\).*"decisions": *\([0-9]*\).*"schedule": *"\([0-9A-Z]*\)".*/\2 \1 \3 \4/p' |
        sort -n >findings
}

# wrong KIND STATUS: out and err are those of a run that went so.
wrong() {
    case $1 in
    deadlock) test "$2" = 4 && grep -q deadlock err ;;
    assertion) test "$2" = 134 && grep -q Assertion err ;;
    crash) test "$2" -gt 128 ;;
    output) sort out >lines && ! cmp -s lines usual ;;
    *) false ;;
    esac
}

# replayed NAME KIND CODE: prints how many of the replays went wrong.
replayed() {
    good=0
    for _ in $(seq $REPLAYS)
    do
        status=0
        { timeout 20 "$program" coroutine --view none --schedule "$3" -- \
            "./$1" >out </dev/null || status=$?; } 2>err
        wrong "$2" "$status" && good=$((good + 1))
    done
    echo $good
}

row() { printf '%-30s %-10s %6s %9s %8s %7s\n' "$@"; }

# finds SOURCE FLAGS...: a row; a mistake must be found.
finds() {
    title=$* code_of=$1
    shift
    rm -f prog
    compiled "$@" -o prog "$sources/$code_of.c" || {
        echo "$title does not compile"; bad=$((bad + 1)); return
    }
    { "$program" coroutine --view none -- ./prog </dev/null >out; } 2>err
    sort out >usual
    explored prog
    read -r first kind decisions code <findings || {
        row "$title" NOTHING - - - -; bad=$((bad + 1)); return
    }
    again=$(replayed prog "$kind" "$code")
    row "$title" "$kind" "$first" "$decisions" "$again" \
        $((runs * 1000000 / (took / 1000)))
    broken=$((broken + 1))
    test "$first" -le $RUNS && test "$again" = $REPLAYS || bad=$((bad + 1))
}

# fine NAME: a row; nothing may be found.
fine() {
    compiled -o prog "$sources/$1.c" || return
    explored prog
    kind=nothing
    test -s findings && read -r first kind decisions code <findings
    row "$1" "$kind" - - - $((runs * 1000000 / (took / 1000)))
    correct=$((correct + 1)) tried=$((tried + runs))
    test "$kind" = nothing || bad=$((bad + 1))
}

row program found 'in run' decisions replays runs/s
for source in "$sources"/programs/race_*.c "$sources"/programs/deadlock_*.c \
    "$sources"/programs/lost_wakeup_*.c
do finds "programs/$(basename "$source" .c)"
done
for source in "$sources"/orders/*.c
do
    name=orders/$(basename "$source" .c)
    grep -q '^ \* finds: nothing' "$source" || finds "$name"
    for flag in $(sed -n 's/^ \* finds with \([A-Z_]*\): .*/\1/p' "$source")
    do finds "$name" "-D$flag"
    done
done

# Those of tests/programs that are right in every order.
for name in barrier c11 cancel condition_timed create_join exit_main futexes \
    join_errors keys mutex_kinds pipes rwlock semaphore signals sleepers sockets \
    storage streams
do fine "programs/$name"
done
for source in "$sources"/orders/*.c
do
    grep -q '^ \* finds: nothing' "$source" &&
        fine "orders/$(basename "$source" .c)"
done
compiled -o prog "$sources/orders/rare.c" &&
    echo "orders/rare by itself: wrong in $(./prog 100000) of 100000 times"
echo "$broken broken programs found, $correct correct ones: $tried runs; $bad missed"
test "$bad" = 0 && test "$correct" -ge 20 && test "$tried" -ge 20000
