#!/bin/sh
# embed.sh -- print C source that holds the given files.
#
#   embed.sh ARRAY FILE... > ARRAY.c
#
# The program carries its lessons and workloads inside: it needs to find
# nothing at run time, installed or not.
set -eu
array=$1
shift
printf '#include "sched/base/embed.h"\n\n'
n=0
for file; do
    printf 'static const char bytes_%d[] = {\n' "$n"
    od -An -v -tu1 "$file" | awk '{ for (i = 1; i <= NF; i++)
        printf "(char)%d,%s", $i, i == NF ? "\n" : " " }'
    printf '0};\n'
    n=$((n + 1))
done
printf '\nconst struct embedded %s[] = {\n' "$array"
n=0
for file; do
    printf '    {"%s", bytes_%d, sizeof bytes_%d - 1},\n' "${file##*/}" "$n" "$n"
    n=$((n + 1))
done
printf '    {0, 0, 0},\n};\n'
