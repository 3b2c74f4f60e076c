#!/bin/sh
# architectures.sh -- concviz on other processors, which qemu plays.
#
# usage: architectures.sh BUILD NAME…
#
# BUILD is where concviz is built for this machine. For each NAME (aarch64 armhf
# s390x riscv64): the suites that ask something of a processor pass, and then all
# of them and this machine print the same bytes for the same model, and read each
# other's recordings. What an emulator or a compiler gets wrong is in known.txt.
# KEEP=folder keeps what is built; SUITES='tests/…' are others.
# Needs NAME's gcc and libc for cross compiling, qemu-user-static and, for the
# sources of libraries, apt and dpkg-dev; a processor without is skipped.
set -u
here=$(cd "$(dirname "$0")" && pwd)
native=$1/concviz
make=$1
shift
work=${KEEP:-$(mktemp -d)}
[ -n "${KEEP-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
sources=$work/src
bad=0
export LC_ALL=C.UTF-8 CK_TIMEOUT_MULTIPLIER=10 CONCVIZ_TEST_KILLS=2
unset XDG_RUNTIME_DIR XDG_CONFIG_HOME LANGUAGE NO_COLOR COLUMNS TERM

# what NAME: its gcc is called so, and its emulator. The path of libraries is
# said, since this machine's list of them may name another C library for NAME.
what() {
    case $1 in
        armhf) host=arm-linux-gnueabihf qemu=qemu-arm-static ;;
        *) host=$1-linux-gnu qemu=qemu-$1-static ;;
    esac
    emulated="$qemu -L /usr/$host -E LD_LIBRARY_PATH=/usr/$host/lib"
}

say() { printf '%-52s %s\n' "$1" "$2"; }

# result STATUS WHAT
result() {
    if [ "$1" -eq 0 ]; then
        say "$2" ok
    else
        say "$2" FAILED
        bad=1
    fi
}

# --- the libraries, from their Debian sources --------------------------------

fetch() {
    [ ! -d "$work/libraries" ] || return 0
    mkdir -p "$work/apt/state/lists/partial" "$work/apt/cache/archives/partial" \
        "$work/libraries"
    # shellcheck disable=SC1091
    suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
    cat >"$work/apt/apt.conf" <<EOF
Dir::State "$work/apt/state";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$work/apt/cache";
Dir::Etc::SourceList "$work/apt/sources.list";
Dir::Etc::SourceParts "/dev/null";
EOF
    # shellcheck disable=SC2016  # for apt
    apt-get indextargets --format 'deb-src $(REPO_URI) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' | grep " $suite main\$" | sort -u \
        >"$work/apt/sources.list"
    (cd "$work/libraries" && export APT_CONFIG="$work/apt/apt.conf" &&
        apt-get -q update && apt-get -q source utf8proc yajl zlib check ncurses) \
        >"$work/fetch.log" 2>&1
}

# --- one processor -----------------------------------------------------------

# What asks something of the processor: the switch of stacks, threads, the order
# and size of bytes, rounding.
suites='tests/sched/burner_test tests/sched/context_test tests/sched/coroutine_test
    tests/sched/deadlock_test tests/sched/definitions_test tests/sched/elf_test
    tests/sched/exchange_test tests/sched/exec_user_test tests/sched/file_test
    tests/sched/history_test tests/sched/import_test tests/sched/metrics_test
    tests/sched/model_test tests/sched/oracle_test tests/sched/programs_test
    tests/sched/random_test tests/sched/stack_test tests/sched/sync_test
    tests/sched/switch_records_test tests/sched/tape_test tests/sched/task_test
    tests/sched/text_test tests/sched/threads_test tests/sched/trace_test
    tests/sched/watch_test tests/sched/yield_fast_test tests/render/cells_test
    tests/render/golden_test tests/render/wav_test tests/render/web_test
    tests/lessons/check_test tests/lessons/progress_test'

build() {
    { [ -f "$work/$1/prefix/lib/pkgconfig/ncursesw.pc" ] ||
        sh "$here/libraries.sh" "$host" "$work/libraries" "$work/$1/prefix"; } &&
        mkdir -p "$work/$1/build" && cd "$work/$1/build" &&
        { [ -f Makefile ] || "$sources/configure" --quiet --host="$host" \
            --enable-werror CFLAGS=-O1 PKG_CONFIG='pkg-config --static' \
            PKG_CONFIG_LIBDIR="$work/$1/prefix/lib/pkgconfig"; } &&
        make -s -j"$(nproc)"
}

# Whatever fails is in known.txt, and whatever is there fails.
check() {
    cd "$work/$1/build" || return 1
    wanted=$(echo "${SUITES:-$suites}" | tr -s '\n ' '  ')
    make -s -k -j"$(nproc)" check LOG_COMPILER="$emulated" \
        check_PROGRAMS="$wanted" TESTS="$wanted" >"$work/$1/check.log" 2>&1
    grep -q '^# TOTAL: [1-9]' "$work/$1/check.log" || return 1
    awk -F: '/^(FAIL|ERROR|XPASS):/ { sub(/^ /, "", $2); sub(/ .*/, "", $2)
        print $2, $4 }' "$work/$1/check.log" | sort -u >"$work/$1/failed"
    sed -n "s/ *#.*//; s/^$1 //p" "$here/known.txt" | sort -u >"$work/$1/known"
    [ -z "${SUITES-}" ] || : >"$work/$1/known"
    comm -3 "$work/$1/failed" "$work/$1/known" >"$work/$1/other"
    cat "$work/$1/other"
    [ ! -s "$work/$1/other" ]
}

# --- all of them together ----------------------------------------------------

# run NAME ARGUMENTS...: the concviz of that processor, or ours.
run() {
    name=$1
    shift
    if [ "$name" = native ]; then
        set -- "$native" "$@"
    else
        what "$name"
        # shellcheck disable=SC2086  # a list of words
        set -- $emulated "$work/$name/build/concviz" "$@"
    fi
    HOME=$work XDG_STATE_HOME=$work/state "$@"
}

# same WORDS...: all print the same bytes, and some, and end with one status.
# Pictures are in ASCII: only some can read how this machine writes its locales.
same() {
    first=
    case " $* " in *' --view '* | *' --frame '* | *' --to text '* | \
        *' --to svg '* | *' --to cast '*)
        set -- "$@" --ascii ;;
    esac
    for reader in native $built; do
        run "$reader" "$@" --lang en >"$work/out" 2>&1 </dev/null
        sum="$? $(sha256sum <"$work/out")"
        [ -s "$work/out" ] || return 1
        if [ "$sum" != "${first:=$sum}" ]; then
            echo "$reader is not this machine: concviz $*"
            return 1
        fi
    done
}

model() {
    for words in 'coroutine mixed' 'parallel cafeteria' 'threads hog' \
        'sequential noodles' 'hybrid async-sum'; do
        # shellcheck disable=SC2086  # two words
        same $words --model --json && same $words --model --view plain &&
            same $words --model --frame 120x36 || return 1
    done
    same explore crossed --json && same what-if --json --model &&
        same threads crossed --model --schedule 0DK03K81076TR --json
}

# A recording holds when and where it was made: its first block differs. A real
# one is of that processor; of the models all have the same blocks.
tapes() {
    for writer in native $built; do
        run "$writer" threads mixed --model --record "$work/$writer.cvt" \
            --json >/dev/null && run "$writer" coroutine async-sum --record \
            "$work/$writer-real.cvt" --json >/dev/null || return 1
        tail -c +4097 "$work/$writer.cvt" >"$work/$writer.blocks"
        cmp "$work/native.blocks" "$work/$writer.blocks" || return 1
        tape=$work/$writer-real.cvt
        same replay "$tape" --json && same replay "$tape" --view plain &&
            same export "$tape" --to chrome || return 1
    done
    for format in html chrome speedscope csv text svg cast; do
        same export "$work/native.cvt" --to "$format" || return 1
    done
}

# What one of them wrote for other programs, and perf(1), read by all.
imports() {
    for writer in native $built; do
        run "$writer" export cafeteria --mode parallel --model --to chrome \
            -o "$work/$writer.json" >/dev/null || return 1
        same replay "$work/$writer.json" --json || return 1
    done
    for file in "$sources"/tests/fuzz/corpus/recording/* \
        "$sources"/tests/fuzz/corpus/tape/*; do
        same replay "$file" --view plain || return 1
    done
}

make -s -C "$make" distdir distdir="$sources" >"$work/make.log" 2>&1 || {
    tail "$work/make.log"
    exit 1
}
fetch || {
    echo "no sources of libraries: $(tail -n 1 "$work/fetch.log")"
    exit 77
}
built=
for name in "${@:-aarch64}"; do
    what "$name"
    if ! command -v "$host-gcc" >/dev/null || ! command -v "$qemu" >/dev/null; then
        say "$name" "skipped: no $host-gcc or no $qemu"
        continue
    fi
    mkdir -p "$work/$name"
    if (build "$name") >"$work/$name/build.log" 2>&1; then
        built="$built $name"
        (check "$name")
        result $? "$name: $(awk '/^# PASS:/ { print $3 }' \
            "$work/$name/check.log") tests"
    else
        grep -E 'error|warning' "$work/$name/build.log" | head
        result 1 "$name: builds without a warning"
    fi
done
model
result $? "the model: the same bytes here and on$built"
tapes
result $? "recordings: read alike here and on$built"
imports
result $? "files of other programs: read alike"
exit $bad
