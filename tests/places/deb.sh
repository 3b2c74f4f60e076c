#!/bin/sh
# deb.sh -- the packages for Debian, from the commit that is checked out: made
# twice, looked at by lintian, installed where there is nothing else.
#
#   deb.sh, in a checkout; as root and with debootstrap in a clean Debian
#
# A step whose tool or right cannot be had is skipped. DEB_MIRROR and DEB_SUITE
# say which Debian is the clean one; DEB_CLEAN is a folder that holds one.
# shellcheck disable=SC2317  # functions that step calls
set -u
sources=$(cd "$(dirname "$0")/../.." && pwd)
suite=${DEB_SUITE:-$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)}
work=$(mktemp -d) || exit 99
trap 'rm -rf --one-file-system "$work"' EXIT
chmod 755 "$work"
PATH=$PATH:/usr/sbin:/sbin
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
unset LANGUAGE MAKEFLAGS MFLAGS MAKELEVEL
n=0 failed=0

# step NAME COMMAND...: run it; its output is shown if it fails.
step() {
    name=$1
    shift
    n=$((n + 1))
    if "$@" >"$work/out" 2>&1 </dev/null
    then echo "ok $n - $name"
    else echo "not ok $n - $name"; failed=1
        tail -n 20 "$work/out" | sed 's/^/# /'; return 1
    fi
}
skip() {
    n=$((n + 1))
    echo "ok $n - $1 # SKIP $2"
}
have() { command -v "$1" >/dev/null; }

# The one that is installed into, and beside it the one where packages are made.
clean=$work/clean making=$work/making
# in_clean ROOT COMMAND...: with processes and devices of its own.
in_clean() {
    root=$1
    shift
    # shellcheck disable=SC2016  # for the other shell
    unshare --mount --pid --fork sh -c 'root=$1; shift
        mount -t proc proc "$root/proc" &&
        mount --rbind /dev "$root/dev" && exec chroot "$root" "$@"' \
        sh "$root" env HOME=/root "$@"
}
get_clean() {
    if test -n "${DEB_CLEAN:-}"
    then cp -a "$DEB_CLEAN" "$clean"
    else debootstrap --variant=minbase "$suite" "$clean" ${DEB_MIRROR:+"$DEB_MIRROR"}
    fi && cp /etc/resolv.conf "$clean/etc/" && cp -a "$clean" "$making"
}
cloned() {
    mkdir -p "$1" && git clone -q "$sources" "$1/concviz"
}
# built FOLDER OPTIONS: in the clean Debian if there is one.
built() {
    # shellcheck disable=SC2016
    make_it='cd "$1/concviz" && DEB_BUILD_OPTIONS=$2 dpkg-buildpackage -us -uc'
    if test -d "$making"
    then in_clean "$making" sh -c "$make_it" sh "/$1" "$2"
    else sh -c "$make_it" sh "$work/making-here/$1" "$2"
    fi
}
with_build_depends() {
    in_clean "$making" apt-get install -y --no-install-recommends dpkg-dev fakeroot &&
        in_clean "$making" apt-get build-dep -y --no-install-recommends \
            /first/concviz
}
same_packages() {
    for file in "$made"/first/*.deb "$made"/first/*.dsc "$made"/first/*.tar.*
    do cmp "$file" "$made/second/${file##*/}" || return 1
    done
}
# The version of the package is that of the program.
same_version() {
    version=$(sed -n 's/^AC_INIT(\[concviz\], \[\(.*\)\])$/\1/p' "$sources/configure.ac")
    test -n "$version" && head -n 1 "$sources/debian/changelog" |
        grep -F "concviz ($version) "
}

step 'debian/changelog has the version of configure.ac' same_version
if ! have dpkg-buildpackage
then
    skip 'packages' 'there is no dpkg-buildpackage'
    echo "1..$n"
    exit $failed
fi
if test "$(id -u)" = 0 && have debootstrap && unshare --mount --pid --fork true
then
    step "a clean Debian ($suite)" get_clean
else
    skip 'a clean Debian' 'needs root and debootstrap; what follows is made here'
fi
made=$making
test -d "$making" || made=$work/making-here
cloned "$made/first"
cloned "$made/second"
test -d "$making" && step 'its Build-Depends are enough to install' with_build_depends
step 'dpkg-buildpackage' built first '' &&
    step 'once more, in another folder' built second nocheck &&
    step 'the same bytes' same_packages
if have lintian
then step 'lintian has nothing to warn of' \
    lintian --allow-root --fail-on warning -L '>=warning' "$made"/first/*.changes
else skip 'lintian' 'there is none'
fi

# --- where there is nothing else ------------------------------------------------

installed() {
    cp "$made"/first/*.deb "$clean/tmp/" &&
        in_clean "$clean" apt-get update &&
        in_clean "$clean" sh -c 'apt-get install -y --no-install-recommends \
            gcc libc6-dev man-db pigz python3 /tmp/*.deb'
}
# says WORDS COMMAND...: what it prints there has these words in it.
says() {
    words=$1
    shift
    in_clean "$clean" "$@" >"$work/said"
    grep -F -e "$words" "$work/said" || { head "$work/said"; return 1; }
}
pigz_as_coroutines() {
    in_clean "$clean" sh -c 'cd /tmp && seq 300000 >numbers &&
        concviz coroutine -- pigz -kp4 numbers && gzip -dc numbers.gz | cmp - numbers'
}
if test -d "$clean" && step 'installed in the clean Debian' installed
then
    step 'there: the main job' says 4950 concviz coroutine async-sum
    step 'there: a lesson' says coroutine concviz lesson 3
    step 'there: a lesson in Korean' says 코루틴은 concviz lesson 3 --lang ko
    step 'there: man concviz' says 'MODES' man concviz
    step 'there: man concviz in Korean' says '모드' man -L ko concviz
    for page in concviz-work.5 concviz-lesson.5 concviz.3
    do
        step "there: man $page" says DESCRIPTION man "$page"
        step "there: man $page in Korean" says 설명 man -L ko "$page"
    done
    step 'there: coroutine -- pigz' pigz_as_coroutines
    mkdir -p "$clean/src/tests/places" "$clean/src/lessons" &&
        cp "$sources/tests/places/anywhere.sh" "$sources/tests/places/two.c" \
            "$clean/src/tests/places/" &&
        cp -R "$sources/lessons/exercises" "$clean/src/lessons/"
    in_clean "$clean" env "n=$n" \
        sh /src/tests/places/anywhere.sh 'from the package' /usr/bin/concviz |
        tee "$work/tap"
    ! grep -q '^not ok' "$work/tap" || failed=1
    n=$((n + $(grep -c '^\(not \)\{0,1\}ok' "$work/tap")))
else
    test -d "$clean" || skip 'the packages installed' 'there is no clean Debian'
fi

echo "1..$n"
exit $failed
