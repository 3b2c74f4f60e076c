#!/bin/sh
# elsewhere.sh SOURCES -- is there anything in it that only Linux and glibc have,
# and that configure does not ask for (make check-compilers)?
#
# No BSD and no macOS is at hand, so this machine is made as poor as they are
# together: their headers are errors, their functions and constants may not even be
# named, and the compiler does not say that it is Linux. What configure finds then
# must build without a warning (by the BSDs' own make where bmake is), pass the
# suites that need none of it, and say in one sentence what it cannot do.
set -u
sources=$(cd "$1" && pwd) || exit 99
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT
LC_ALL=C.UTF-8 HOME=$work
export LC_ALL HOME
unset LANGUAGE CFLAGS CPPFLAGS LDFLAGS LD_PRELOAD MAKEFLAGS XDG_CONFIG_HOME
make=$(command -v bmake || echo make)
jobs=$(nproc 2>/dev/null || echo 2)
n=0 bad=0

result() {
    if test $? = 0
    then n=$((n + 1)); echo "ok $n - $1"
    else n=$((n + 1)); echo "not ok $n - $1"; bad=1
        grep -E 'error|FAIL|not ok|\*\*\*' log | head -n 20 | sed 's/^/# /'
        tail -n 5 log | sed 's/^/# /'
    fi
}

mkdir -p "$work/poor/sys" "$work/poor/linux" "$work/poor/asm" "$work/build"
for header in asm/prctl elf gnu/libc-version link linux/futex linux/perf_event \
    malloc sys/auxv sys/epoll sys/eventfd sys/inotify sys/personality sys/prctl \
    sys/ptrace sys/random sys/sendfile sys/signalfd sys/syscall sys/sysinfo \
    sys/timerfd sys/xattr
do
    mkdir -p "$work/poor/$(dirname $header)"
    echo "#error <$header.h> is not everywhere" >"$work/poor/$header.h"
done

# The headers of POSIX first, since they name themselves what is not to be named.
{
    echo '#define _GNU_SOURCE 1'
    echo '#ifndef __ASSEMBLER__'
    for header in assert ctype dirent dlfcn errno fcntl inttypes langinfo libintl \
        limits locale math poll pthread sched semaphore setjmp signal spawn \
        stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string \
        strings sys/ioctl sys/mman sys/resource sys/select sys/socket sys/stat \
        sys/statvfs sys/time sys/types sys/uio sys/un sys/utsname sys/wait \
        termios threads time ucontext unistd wchar
    do echo "#include <$header.h>"
    done
    for name in CLOCK_BOOTTIME CLOCK_MONOTONIC_COARSE CLOCK_MONOTONIC_RAW CPU_SETSIZE \
        FALLOC_FL_KEEP_SIZE FALLOC_FL_PUNCH_HOLE F_ADD_SEALS MADV_DONTDUMP \
        MADV_HUGEPAGE MADV_NOHUGEPAGE MADV_REMOVE \
        MAP_POPULATE MAP_STACK MFD_CLOEXEC MSG_NOSIGNAL O_DIRECT O_PATH O_TMPFILE \
        RUSAGE_THREAD SIGPWR SIGRTMAX SIGRTMIN SIGSTKFLT SOCK_CLOEXEC \
        SOCK_NONBLOCK htole16 htole32 htole64 le16toh le32toh le64toh htobe32 \
        be32toh __linux__ __linux __gnu_linux__ linux __GLIBC__
    do echo "#undef $name"
    done
    for name in accept4 canonicalize_file_name clock_nanosleep copy_file_range \
        cpu_set_t dl_iterate_phdr environ epoll_create1 eventfd execvpe fallocate fexecve \
        fopencookie get_nprocs getauxval getrandom gettid mempcpy memfd_create \
        memrchr mremap pipe2 posix_fallocate ppoll prctl process_madvise \
        program_invocation_name program_invocation_short_name \
        pthread_attr_setaffinity_np pthread_barrier_init pthread_barrier_wait \
        pthread_cond_clockwait pthread_condattr_setclock pthread_getaffinity_np \
        pthread_getattr_np pthread_getcpuclockid pthread_mutex_timedlock \
        pthread_setaffinity_np pthread_setname_np pthread_timedjoin_np \
        pthread_tryjoin_np ptrace qsort_r renameat2 sched_getaffinity sched_getcpu \
        sched_setaffinity secure_getenv sem_clockwait sem_init sem_timedwait \
        sendfile signalfd sigtimedwait sigwaitinfo statx strchrnul strverscmp \
        syncfs syscall timer_create timer_settime timerfd_create
    do echo "#pragma GCC poison $name"
    done
    echo '#endif'
} >"$work/poor.h"

cd "$work/build" || exit 99
# Functions that are declared already cannot be asked for: that one there is.
"$sources/configure" --quiet --enable-werror --with-context=ucontext \
    ac_cv_func_swapcontext=yes \
    CPPFLAGS="-I$work/poor -include $work/poor.h" >log 2>&1 &&
    ! grep -q 'define HAVE_LINUX' config.h
result 'configure finds none of it'

"$make" -s -j"$jobs" >log 2>&1 && ! grep -q warning: log
result "it builds without a warning, by ${make##*/}"

suites=$(printf 'tests/sched/%s_test ' burner context contract cores coroutine \
    deadlock exec_user file import loop oracle programs stack tape task threads
    echo tests/render/golden_test tests/lessons/progress_test tests/cli/report_test)
make -s -j"$jobs" check check_PROGRAMS="$suites" \
    TESTS="$suites tests/cases.test tests/manual.test" >log 2>&1
test $? = 0 && grep -q '^# PASS: *[1-9]' log
result 'its suites pass'

runs() {
    for mode in sequential coroutine threads parallel hybrid
    do ./concviz $mode noodles --view none || return
    done
} >log 2>&1
runs
result 'all five modes run'

# The model and a recording, to be read again.
./concviz coroutine mixed --view none --record run >log 2>&1 &&
    ./concviz replay run --json >log 2>&1 && grep -q checksum log
result 'a run is recorded and read again'

./concviz lesson 3 --lang en >log 2>&1 && grep -q coroutine log
result 'a lesson is printed'

refuses() {
    for words in 'coroutine -- true' 'watch -- true' 'threads x.c' 'python x.py' \
        'explore -- true' 'compare -- true' 'threads cafeteria --kernel'
    do
        # shellcheck disable=SC2086  # words
        ./concviz $words >log 2>&1 </dev/null
        if test $? != 2 || ! grep -q 'Linux only' log || test "$(wc -l <log)" != 1
        then
            echo "error: $words" >>log
            return 1
        fi
    done
}
refuses
result 'what is for Linux is refused in one sentence'

# Something that nobody asked for must be noticed.
printf '#include <sys/epoll.h>\n' >epoll.c
printf 'int f(void) { return pipe2(0, 0); }\n' >pipe.c
! ${CC:-cc} -I"$work/poor" -include "$work/poor.h" -c epoll.c >log 2>&1 &&
    ! ${CC:-cc} -I"$work/poor" -include "$work/poor.h" -c pipe.c >log 2>&1
result 'canary: a header and a function are noticed'
echo "1..$n"
exit $bad
