#!/bin/sh
# anywhere.sh -- what concviz does must not depend on where it is: in the folder
# where it was built, installed, or one file and nothing else.
#
#   anywhere.sh NAME PROGRAM
#
# Asks for everything that is found in files beside the program. Prints a line of
# TAP for each; the first number is in $n.
set -u
name=$1 program=$2
sources=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
HOME=$work XDG_STATE_HOME=$work/state TMPDIR=$work XDG_RUNTIME_DIR=''
export HOME XDG_STATE_HOME TMPDIR XDG_RUNTIME_DIR
unset LANGUAGE LC_ALL LC_MESSAGES LC_CTYPE LANG XDG_CONFIG_HOME
cd "$work" || exit 99
n=${n:-0}

# says WORDS COMMAND...: what COMMAND prints has these words in it.
says() {
    words=$1
    shift
    n=$((n + 1))
    if timeout 60 "$@" >out 2>&1 </dev/null && grep -qF -e "$words" out
    then echo "ok $n - $name: ${words}"
    else echo "not ok $n - $name: ${words} ($*)"; sed 's/^/# /' out | head -n 8
    fi
}
skip() {
    n=$((n + 1))
    echo "ok $n - $name: $1 # SKIP $2"
}

says 4950 "$program" coroutine async-sum
says 실제 env LANG=ko_KR.UTF-8 "$program" coroutine async-sum
says REAL env LANG=ko_KR.EUC-KR LC_MESSAGES=C "$program" coroutine async-sum
says 코루틴은 "$program" lesson 3 --lang ko
if command -v python3 >/dev/null
then says 4950 "$program" python async_sum.py
else skip python 'there is no python3'
fi
if ! command -v "${CC:-cc}" >/dev/null
then
    for what in 'coroutine --' 'threads --' 'explore --' 'FILE.c'
    do skip "$what" 'there is no C compiler'
    done
else
    two=$sources/tests/places/two.c
    "${CC:-cc}" -pthread -o two "$two" || exit 99
    "$program" cc -pthread -o seen "$two" || exit 99
    case $(uname -m) in
    x86_64)
        says 'they counted 2000' "$program" coroutine -- ./two
        says 'is no proof' "$program" explore -- ./seen
        ;;
    *)
        skip 'coroutine --' 'only on x86-64'
        skip 'explore --' 'only on x86-64'
        ;;
    esac
    says one-2 "$program" threads -- ./two
    says cashier4 "$program" coroutine "$sources/lessons/exercises/tickets.c"
fi
