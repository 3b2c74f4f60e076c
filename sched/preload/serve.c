/*
 * serve.c -- see serve.h.
 *
 * The loader, the constructors and all that comes before main are done once; a
 * run is a fork of that. Its standard files are offered by the search, which
 * reads and rewinds them between the runs. Whatever a run leaves behind in its
 * process group ends with it.
 */
#include "sched/preload/serve.h"

#include <dlfcn.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sched/preload/kernel_call.h"
#include "sched/preload/order.h"
#include "sched/preload/order_board.h"

static void take_files(const struct order_board *board)
{
    for (int fd = 0; fd < 3; fd++)
        if (board->standard[fd] > 2) {
            dup2(board->standard[fd], fd);
            kernel_call(SYS_close, board->standard[fd]);
        }
}

/* The C library's, since the program may have asked to be told of forks. */
static pid_t fork_run(void)
{
    pid_t (*real)(void);

    *(void **)&real = dlsym(RTLD_NEXT, "fork");
    return real();
}

static void begin_run(int control)
{
    kernel_call(SYS_close, control);
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    order_begin();
}

static int wait_for(pid_t child)
{
    siginfo_t info = { 0 };
    int status = 0;

    setpgid(child, child);
    kernel_call(SYS_waitid, P_PID, child, kernel_call_pointer(&info),
                WEXITED | WNOWAIT, 0);
    kernel_call(SYS_kill, -child, SIGKILL);
    kernel_call(SYS_wait4, child, kernel_call_pointer(&status), 0, 0);
    return status;
}

static void tell(int control, const int *answer)
{
    if (kernel_call(SYS_write, control, kernel_call_pointer(answer),
                    sizeof *answer) != sizeof *answer)
        _exit(0);
}

void serve(void)
{
    const struct order_board *board = order_told();
    int control = board ? board->control : -1;
    char word = 0;

    if (control < 0)
        return;
    take_files(board);
    setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
    while (kernel_call(SYS_read, control, kernel_call_pointer(&word), 1) == 1) {
        int child = fork_run(), status;

        if (child == 0) {
            begin_run(control);
            return;
        }
        tell(control, &child);
        if (child < 0)
            continue;
        status = wait_for(child);
        tell(control, &status);
    }
    _exit(0);
}
