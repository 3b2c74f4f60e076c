/*
 * storm.c -- storm COMMAND...: as long as the command runs it gets SIGALRM (which it
 * ignores unless it wants it), SIGWINCH and SIGCONT, each a thousand times a second;
 * then its status. A line on descriptor 3 says how many.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    static const int kind[] = { SIGALRM, SIGWINCH, SIGCONT };
    const struct timespec pause = { .tv_nsec = 300000 };
    int status, sent = 0;
    pid_t command;

    (void)argc;
    signal(SIGALRM, SIG_IGN);
    command = fork();
    if (command == 0) {
        execv(argv[1], argv + 1);
        _exit(127);
    }
    while (waitpid(command, &status, WNOHANG) == 0) {
        kill(command, kind[sent++ % 3]);
        nanosleep(&pause, NULL);
    }
    dprintf(3, "%d\n", sent);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
