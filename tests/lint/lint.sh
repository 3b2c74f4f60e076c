#!/bin/sh
# lint.sh -- what cppcheck, clang-tidy and gcc -fanalyzer say of the sources, and
# of scripts what shellcheck says (shell.sh).
#
# usage: lint.sh SOURCES BUILD, folders; BUILD is configured. Whatever is not in
# known.txt fails, and so does an entry of known.txt that nobody says any more
# and a tool that does not notice what is wrong in tests/canary/lint.c.
set -u
sources=$1
build=$2
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$sources" || exit 1
here=tests/lint
for folder in LOCALEDIR PKGDATADIR PKGLIBDIR; do
    printf '#define %s ""\n' $folder
done >"$work/defines.h"
flags="-D_GNU_SOURCE -DHAVE_CONFIG_H -include $build/config.h"
flags="$flags -include $work/defines.h -I$build -I."
find cli lessons render sched -name '*.c' ! -name 'embedded_*' \
    ! -name 'diag_quiet.c' ! -path 'lessons/exercises/*' |
    sort >"$work/files"
bad=0

# Each prints lines "FILE:LINE:COLUMN: …: … [CHECK]" for the files named.
run_cppcheck() {
    # shellcheck disable=SC2086  # a list of words
    cppcheck -q -j"$(nproc)" --std=c11 --library=posix,gnu -I. -I"$build" \
        --enable=warning,performance,portability --suppress=missingInclude \
        --template='{file}:{line}:{column}: {severity}: {message} [{id}]' \
        -DHAVE_CONFIG_H --include="$build/config.h" "$@" 2>&1 |
        grep -v ': style: '
}

run_tidy() {
    # shellcheck disable=SC2086
    printf '%s\n' "$@" | xargs -P "$(nproc)" -n 4 sh -c '
        for file; do
            clang-tidy --quiet --config-file='"$here"'/clang-tidy.yaml \
                "$file" -- -std=gnu17 '"$flags"' 2>/dev/null
        done' sh
}

run_analyzer() {
    printf '%s\n' "$@" | xargs -P "$(nproc)" -n 1 sh -c '
        gcc -std=gnu17 -O1 -fanalyzer -S -o /dev/null '"$flags"' "$0" 2>&1' |
        grep -v '^[^:]*: note:'
}

# said NAME FILES...: "NAME FILE CHECK" for each thing it says, once.
said() {
    tool=$1
    shift
    "run_$tool" "$@" | sed 's/\x1b\[[0-9;]*[mK]//g' >"$work/$tool.log"
    sed -n "s|^$sources/||; s|^\./||;"' s|^\([^: ]*\):[0-9:]* [a-z]*: .*\[\(-W\)\{0,1\}\([A-Za-z0-9.,-]*\)\(=\]\)\{0,1\}\]*$|'"$tool"' \1 \3|p' \
        "$work/$tool.log" | sort -u
}

check() {
    tool=$1 command=$2
    if ! command -v "$command" >/dev/null 2>&1; then
        echo "$tool: skipped, there is no $command"
        return
    fi
    if [ -z "$(said "$tool" tests/canary/lint.c)" ]; then
        echo "$tool: the seeded mistake was not noticed"
        bad=1
    fi
    # shellcheck disable=SC2046  # no file has a blank in its name
    said "$tool" $(cat "$work/files") >"$work/now"
    sed 's/ *#.*//' $here/known.txt | grep "^$tool " | sort -u >"$work/known"
    comm -23 "$work/now" "$work/known" >"$work/new"
    comm -13 "$work/now" "$work/known" >"$work/old"
    while read -r _ file what; do
        grep "$file:.*$what" "$work/$tool.log"
    done <"$work/new"
    sed 's/^/nobody says any more: /' "$work/old"
    if [ -s "$work/new" ] || [ -s "$work/old" ]; then bad=1; fi
    echo "$tool: $(wc -l <"$work/new") new, $(wc -l <"$work/known") known"
}

check cppcheck cppcheck
check tidy clang-tidy
check analyzer gcc
sh $here/shell.sh || bad=1
exit $bad
