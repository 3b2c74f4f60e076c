#!/bin/sh
# carry.sh -- print assembly that holds all files below a folder.
#
#   carry.sh FOLDER > carried_files.S
#
# As carried_files.h declares them. They are megabytes: a compiler would take
# minutes for them as numbers (embed.sh), the assembler takes them as they are.
set -eu
cd "$1"
files=$(find . -type f | sed 's|^\./||' | LC_ALL=C sort)
mark=$(for file in $files; do echo "$file"; cat "$file"; done | cksum | cut -d' ' -f1)
printf '    .section .rodata\n    .globl carried_files_mark\n'
printf 'carried_files_mark: .asciz "%s"\n' "$mark"
n=0
for file in $files; do
    printf 'name_%d: .asciz "%s"\n    .balign 8\n' $n "$file"
    printf 'bytes_%d: .incbin "%s/%s"\nend_%d:\n' $n "$1" "$file" $n
    n=$((n + 1))
done
printf '    .section .data.rel.ro, "aw"\n    .balign 8\n'
printf '    .globl carried_files\ncarried_files:\n'
n=0
for file in $files; do
    printf '    .quad name_%d, bytes_%d, end_%d - bytes_%d\n' $n $n $n $n
    n=$((n + 1))
done
printf '    .quad 0, 0, 0\n    .section .note.GNU-stack, "", %%progbits\n'
