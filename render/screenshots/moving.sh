#!/bin/sh
# moving.sh -- a picture that moves, of a run that is recorded first.
#
#     sh moving.sh PROGRAM MODE END_MS STEP_MS LANG >PICTURE.svg
#
# The model's run, so that the picture is the same wherever it is made.
program=$1 mode=$2 end=$3 step=$4 lang=$5
here=$(dirname "$0")
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

"$program" "$mode" --model --view none --record "$folder/run.cvt" || exit 1
t=0
while test "$t" -le "$end"
do
    "$program" replay "$folder/run.cvt" --svg --theme dark --frame 100x27 \
        --at "$t" --lang "$lang" >"$folder/$(printf %06d "$t").svg" || exit 1
    t=$((t + step))
done
awk -v step="$(awk "BEGIN { print $step / 1000 }")" -v hold=3 \
    -f "$here/moving.awk" "$folder"/*.svg
