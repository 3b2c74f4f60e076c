/*
 * bench_foreign.c -- the same things done by other people's libraries.
 *
 * configure finds which of them are installed; for one that is not, `once` is
 * NULL and the table says so. Those with a scheduler of their own each run in
 * a child process, since some of them change signals and descriptors for good.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef HAVE_PCL
#include <pcl.h>
#endif
#ifdef HAVE_PTH
#include <pth.h>
#endif
#ifdef HAVE_ST
#include <st.h>
#endif

#include "sched/base/clock.h"
#include "sched/measure/measure.h"
#include "tests/bench/bench.h"

enum {
    STACK_BYTES = 64 * 1024,
    SWITCHES = 1000000,
    YIELDS = 200000,
    SLOW_YIELDS = 20000,
};

#if defined HAVE_PCL || defined HAVE_PTH || defined HAVE_ST
/* Call once in a child, which tells what it returned. */
static int64_t in_child(int64_t (*once)(void))
{
    int64_t taken = -EIO;
    int pipe_fd[2];
    pid_t child;

    if (pipe(pipe_fd) != 0)
        return -errno;
    child = fork();
    if (child == 0) {
        taken = once();
        _exit(write(pipe_fd[1], &taken, sizeof taken) != sizeof taken);
    }
    close(pipe_fd[1]);
    if (read(pipe_fd[0], &taken, sizeof taken) != sizeof taken)
        taken = -EIO;
    close(pipe_fd[0]);
    waitpid(child, NULL, 0);
    return taken;
}
#endif

/* --- Boost.Context: its assembly, called from C --------------------------- */

#ifdef HAVE_BOOST_CONTEXT
struct boost_transfer {
    void *context, *data;
};

struct boost_transfer jump_fcontext(void *to, void *data);
void *make_fcontext(void *top, size_t size,
                    void (*entry)(struct boost_transfer));

static void boost_answer(struct boost_transfer from)
{
    for (;;)
        from = jump_fcontext(from.context, NULL);
}

static int64_t measure_boost(void)
{
    char *stack = malloc(STACK_BYTES);
    struct boost_transfer there;
    int64_t began;

    there.context = make_fcontext(stack + STACK_BYTES, STACK_BYTES,
                                  boost_answer);
    there = jump_fcontext(there.context, NULL);
    began = clock_now_ns();
    for (int i = 0; i < SWITCHES / 2; i++)
        there = jump_fcontext(there.context, NULL);
    began = clock_now_ns() - began;
    free(stack);
    return began;
}
#else
#define measure_boost NULL
#endif

/* --- libpcl --------------------------------------------------------------- */

#ifdef HAVE_PCL
static void pcl_answer(void *data)
{
    (void)data;
    for (;;)
        co_resume();
}

static int64_t pcl_switch(void)
{
    coroutine_t there;
    int64_t began;

    co_thread_init();
    there = co_create(pcl_answer, NULL, NULL, STACK_BYTES);
    if (!there)
        return -ENOMEM;
    began = clock_now_ns();
    for (int i = 0; i < YIELDS / 2; i++)
        co_call(there);
    return clock_now_ns() - began;
}

static int64_t measure_pcl(void)
{
    return in_child(pcl_switch);
}
#else
#define measure_pcl NULL
#endif

/* --- State Threads -------------------------------------------------------- */

#ifdef HAVE_ST
static void *st_play(void *data)
{
    for (int i = 0; i < YIELDS / 2; i++)
        st_usleep(0);
    return data;
}

static int64_t st_yield(void)
{
    st_thread_t other;
    int64_t began;

    if (st_init() != 0)
        return -EIO;
    other = st_thread_create(st_play, NULL, 1, STACK_BYTES);
    began = clock_now_ns();
    st_play(NULL);
    st_thread_join(other, NULL);
    return clock_now_ns() - began;
}

static int64_t measure_st(void)
{
    return in_child(st_yield);
}
#else
#define measure_st NULL
#endif

/* --- GNU Pth -------------------------------------------------------------- */

#ifdef HAVE_PTH
static void *pth_play(void *data)
{
    for (int i = 0; i < SLOW_YIELDS / 2; i++)
        pth_yield(NULL);
    return data;
}

static int64_t pth_switch(void)
{
    pth_t other;
    int64_t began;

    if (!pth_init())
        return -EIO;
    other = pth_spawn(PTH_ATTR_DEFAULT, pth_play, NULL);
    began = clock_now_ns();
    pth_play(NULL);
    pth_join(other, NULL);
    return clock_now_ns() - began;
}

static int64_t measure_pth(void)
{
    return in_child(pth_switch);
}
#else
#define measure_pth NULL
#endif

const struct measure bench_foreign[] = {
    { "boost", "Boost.Context, switch of stacks", "ns", SWITCHES,
      measure_boost },
    { "pcl", "libpcl, switch of coroutines", "ns", YIELDS, measure_pcl },
    { "st", "State Threads, yield (st_usleep 0)", "ns", YIELDS, measure_st },
    { "pth", "GNU Pth, yield", "ns", SLOW_YIELDS, measure_pth },
    { "go", "Go, yield of goroutines (Gosched)", "ns", 1, bench_go },
    { "go-create", "Go, start and end a goroutine", "ns", 1, bench_go_create },
    { "python", "Python asyncio, yield (sleep 0)", "ns", 1, bench_python },
    { "python-watched", "the same, watched by concviz python", "ns", 1,
      bench_python_watched },
    { NULL, NULL, NULL, 0, NULL },
};
