#!/bin/sh
# places.sh -- is concviz the same in the folder where it was built, below a
# prefix and as the one file? And does that run where there is nothing else?
#
#   places.sh, in the build folder, after `make static`
#
# A place that cannot be had here (another root needs rights) is skipped.
set -u
sources=$(cd "$(dirname "$0")/../.." && pwd)
built=$PWD
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
failed=0 n=0
PATH=$PATH:/usr/sbin:/sbin

count() {
    tee "$work/tap"
    grep -q '^not ok' "$work/tap" && return 1
    return 0
}
anywhere() {
    n=$n sh "$sources/tests/places/anywhere.sh" "$@" | count || failed=1
    n=$((n + $(grep -c '^\(not \)\{0,1\}ok' "$work/tap")))
}
# result NAME: the last command decides.
result() {
    if test $? = 0
    then n=$((n + 1)); echo "ok $n - $1"
    else n=$((n + 1)); echo "not ok $n - $1"; failed=1
        sed 's/^/# /' "$work/out" | head -n 8
    fi
}
skip() {
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}

anywhere 'where it was built' "$built/concviz"
mkdir "$work/alone"
cp "$built/static/concviz" "$work/alone"
anywhere 'the one file' "$work/alone/concviz"

# With a root of its own: an installation stands where it expects to be.
prefix=$(sed -n 's/^prefix = //p' Makefile)
apart='unshare --mount'
test "$(id -u)" = 0 || apart='unshare --user --map-root-user --mount'
if $apart mount --bind / / 2>/dev/null && test -d "$prefix"
then
    make -s install DESTDIR="$work/root" >"$work/out" 2>&1
    result 'make install'
    export n
    # shellcheck disable=SC2016  # for the other shell
    $apart sh -c 'mount --bind "$1/root$2" "$2" && shift 2 && exec sh "$@"' sh \
        "$work" "$prefix" "$sources/tests/places/anywhere.sh" \
        'below a prefix' "$prefix/bin/concviz" | count || failed=1
    n=$((n + $(grep -c '^\(not \)\{0,1\}ok' "$work/tap")))
else
    skip 'below a prefix' 'no file systems of our own here'
fi

# No C library, no locale, no terminals, no /proc, no /dev.
bare=$work/bare
mkdir -p "$bare/tmp"
cp "$built/static/concviz" "$bare"
root=chroot
test "$(id -u)" = 0 || root='unshare --user --map-root-user chroot'
# within COMMAND...: with that folder as its root.
within() {
    # shellcheck disable=SC2086  # words
    env -i PATH="$PATH" TERM="${TERM:-xterm}" ${language:-} \
        $root "$bare" "$@" >"$work/out" 2>&1
}
if $root "$bare" /concviz --version >"$work/out" 2>&1
then
    within /concviz coroutine async-sum && grep -q 4950 "$work/out"
    result 'nothing but the one file: the main job'
    language=LANG=ko_KR.UTF-8
    within /concviz coroutine async-sum && grep -q 실제 "$work/out"
    result 'nothing but the one file: Korean'
    within /concviz lesson 3 && grep -q 코루틴은 "$work/out"
    result 'nothing but the one file: a lesson'
    language=
    if command -v script >/dev/null
    then
        for TERM in xterm xterm-256color tmux-256color screen-256color linux vt100
        do
            export TERM
            script -qec "$root $bare /concviz doctor" /dev/null \
                >"$work/out" 2>&1 </dev/null
            grep -q "TERM=$TERM" "$work/out" && ! grep -q unknown "$work/out"
            result "nothing but the one file: TERM=$TERM is known"
        done
    else
        skip 'nothing but the one file: terminals' 'there is no script(1)'
    fi
    if printf 'int main(void) { return 0; }\n' >"$work/none.c" &&
        "${CC:-cc}" -o "$bare/none" "$work/none.c" 2>/dev/null
    then
        within /concviz coroutine -- /none
        grep -q 'C library it was built for is not on this' "$work/out"
        result 'nothing but the one file: a program without its C library'
    else
        skip 'nothing but the one file: a program' 'there is no C compiler'
    fi
else
    skip 'nothing but the one file' 'another root needs rights'
fi

# What is loaded into other programs asks for no more than glibc had in 2016.
newest=$(objdump -T "$built"/static/carried/libconcviz-*.so | grep UND |
    grep -o 'GLIBC_2[.0-9]*' | sort -uV | tail -n 1)
echo "$newest" >"$work/out"
printf '%s\nGLIBC_2.23\n' "$newest" | sort -VC
result "the libraries inside need a C library of ${newest#GLIBC_} or later"

echo "1..$n"
exit $failed
