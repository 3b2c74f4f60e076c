#!/bin/sh
# compilers.sh SOURCES -- what compilers and their optimizers make of it, as a
# table (make check-compilers).
#
#   compilers.sh SOURCES      SOURCES: an unpacked tarball
#
# gcc and clang, -O0 to -O3, each without and with -flto, and every other gcc-N or
# clang-N from 13 on that is on the PATH at -O2. Each builds without a warning,
# computes the same bytes in the model, passes the suites whose subject an optimizer
# could break (switches, stacks, threads that tasks change, all that modes owe), and
# what it makes for other people's programs works in them. VARIANTS chooses: lines of
# "COMPILER LEVEL [-flto]". Fails when one does, or a seeded mistake passes.
set -u
sources=$(cd "$1" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE CC CFLAGS LDFLAGS LD_PRELOAD
jobs=$(nproc 2>/dev/null || echo 2)
bad=0

have() { command -v "$1" >/dev/null 2>&1; }

# Those that are here.
all_variants() {
    for level in -O0 -O1 -O2 -O3
    do
        for compiler in gcc clang
        do
            have $compiler || continue
            echo "$compiler $level"
            echo "$compiler $level -flto"
        done
    done
    for version in 13 14 15 16 17 18 19 20 21 22
    do
        for compiler in gcc clang
        do
            have $compiler-$version || continue
            test "$($compiler-$version -dumpversion)" != \
                "$($compiler -dumpversion 2>/dev/null)" || continue
            echo "$compiler-$version -O2"
            echo "$compiler-$version -O2 -flto"
        done
    done
}

# configured COMPILER LEVEL LTO: with -flto, by the tools that read what the
# compiler writes.
configured() {
    version=$(echo "$1" | sed -n 's/^[a-z]*\(-[0-9]*\)$/\1/p')
    compiler=$1 flags=$2 lto=$3
    set --
    case $lto:$compiler in
    -flto:clang*)
        flags="$flags -flto=thin"
        set -- AR="llvm-ar$version" RANLIB="llvm-ranlib$version" \
            LDFLAGS="-fuse-ld=lld$version" ;;
    -flto:*)
        flags="$flags -flto=auto"
        set -- AR="gcc-ar$version" RANLIB="gcc-ranlib$version" ;;
    esac
    "$sources/configure" --quiet --enable-werror CC="$compiler" \
        CFLAGS="$flags" "$@"
}

suites=$(printf 'tests/sched/%s_test ' context contract coroutine exec_user stack \
    task threads yield_fast)

built() {
    configured "$1" "$2" "$3" && make -s -j"$jobs" all 2>&1 | tee warnings &&
        test -x concviz && ! grep 'warning:' warnings
}

bytes() {
    for run in 'coroutine mixed' 'parallel cafeteria' 'threads hog' \
        'sequential noodles'
    do
        # shellcheck disable=SC2086  # words
        ./concviz $run --model --json --lang en || return
    done | sha256sum
}

# passes: how many tests of the suites do; false if one does not, twice: some
# ask how long things take, and other people's work gets into them.
passes() {
    make -s -j"$jobs" check check_PROGRAMS="$suites" TESTS="$suites" \
        >suites.log 2>&1 ||
        make -s recheck check_PROGRAMS="$suites" TESTS="$suites" \
            >>suites.log 2>&1
    status=$?
    passed=$(cat tests/sched/*_test.log | grep -c '^ok [^#]*$')
    test $status = 0 && test "$passed" -gt 50
}

# In other people's programs: variables of threads and errno in both libraries, a
# race in what `concviz cc` made, and a program in C that calls the engine.
others() {
    cc -w -D_GNU_SOURCE -o storage "$sources/tests/programs/storage.c" -pthread &&
        sed -n 's/^ \* out: //p' "$sources/tests/programs/storage.c" >wanted &&
        ./concviz coroutine --view none -- ./storage >out && cmp out wanted &&
        ./concviz threads --view none -- ./storage >out && cmp out wanted &&
        ./concviz cc -o race "$sources/lessons/exercises/race.c" -pthread &&
        ./concviz coroutine --view none -- ./race 2>&1 | tee out &&
        grep -q 'data race on n' out &&
        ./concviz hybrid --view none "$sources/lessons/exercises/pages-solution.c"
}

# row COMPILER LEVEL [LTO]: builds it, asks it, prints its line.
row() {
    began=$(date +%s) warnings=FAILED same=- passed=- programs=-
    rm -rf "$work/build"
    mkdir "$work/build"
    cd "$work/build" || exit 99
    if built "$1" "$2" "$3" >build.log 2>&1
    then
        warnings=none same=equal programs=work
        sum=$(bytes)
        : "${wanted:=$sum}"
        test "$sum" = "$wanted" || same=OTHER
        others >others.log 2>&1 </dev/null || programs=FAIL
        passes || passed=FAILED
    fi
    printf '%-9s %-3s %-5s  %-8s %-6s %-8s %6s %8d\n' "$1" "$2" "$3" "$warnings" \
        $same "$programs" "$passed" $(($(date +%s) - began))
    case $warnings$same$programs$passed in
    *[A-Z]*)
        bad=$((bad + 1))
        tail -n 20 build.log
        tail -n 20 others.log
        grep -hE '^(FAIL|ERROR|not ok)' suites.log | head -n 20 ;;
    esac 2>/dev/null
}

printf '%-17s  %-8s %-6s %-8s %6s %8s\n' compiler warnings bytes programs passed \
    seconds
if test "${VARIANTS:-}"
then echo "$VARIANTS" >"$work/variants"
else all_variants >"$work/variants"
fi
while read -r compiler level lto
do row "$compiler" "$level" "$lto" </dev/null
done <"$work/variants"

# noticed NAME COMMAND...: a seeded mistake, which must not pass.
noticed() {
    name=$1
    shift
    if "$@" >canary.log 2>&1
    then echo "canary: $name was not noticed"; bad=$((bad + 1))
    else echo "canary: $name is noticed"
    fi
}
# A switch that forgets a register, and what the compiler has to say. (What cannot
# be made at all shows nothing.)
switched() {
    rm -f sched/coroutine/context_x86_64.o libsched_coroutine.a
    make -s CCASFLAGS=-Drbx=rbp tests/sched/context_test || return 0
    ./tests/sched/context_test >seeded.log
    ! grep -q '^not ok' seeded.log
}
warned() {
    rm -f sched/base/arena.o
    make -s CFLAGS='-O1 -Dstatic=' sched/base/arena.o >seeded.log 2>&1
    ! grep -q missing-prototypes seeded.log
}
other_bytes() { test "$(./concviz coroutine hog --model --json | sha256sum)" = "$wanted"; }
noticed 'a warning' warned
noticed 'another run' other_bytes
grep -q '^S\["CONTEXT_X86_64_TRUE"\]=""' config.status &&
    noticed 'a register that is not kept' switched
test "$bad" -eq 0
