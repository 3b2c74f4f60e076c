#!/bin/sh
# shell.sh -- what shellcheck says of all scripts: nothing. Where one is right and
# it is not, a comment at that place says why. Of what no user runs, which splits
# words on purpose in many places, it says warnings; srcdir comes from make (SC2154).
cd "$(dirname "$0")/../.." || exit 1
command -v shellcheck >/dev/null 2>&1 || {
    echo 'shellcheck: skipped, it is not installed'
    exit 0
}
# shellcheck disable=SC2016  # the seeded mistake: a variable without quotes
if echo 'rm $1' | shellcheck -s sh - >/dev/null; then
    echo 'shellcheck: the seeded mistake was not noticed'
    exit 1
fi
# shellcheck disable=SC2046  # no file has a blank in its name
shellcheck -s sh bootstrap .ci/run &&
    shellcheck -s sh -S warning -e SC2154 $(find render sched tests \
        -name '*.sh' -o -name '*.test') && echo 'shellcheck: 0 new'
