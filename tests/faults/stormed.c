/*
 * A child sends SIGALRM, SIGWINCH and SIGCONT, a thousand times a second each,
 * while threads take a lock in turn, sleep and start processes of their own:
 * "n 60, 30 children" and status 7.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int n, children;
static volatile sig_atomic_t handled;

static void handle(int number)
{
    (void)number;
    handled = 1;
}

static void rest(long ns)
{
    struct timespec left = { .tv_nsec = ns };

    while (nanosleep(&left, &left) != 0)
        ;
}

static pid_t begin_storm(pid_t whom)
{
    static const int kind[] = { SIGALRM, SIGWINCH, SIGCONT };
    pid_t child = fork();

    for (int i = 0; child == 0 && kill(whom, kind[i % 3]) == 0; i++)
        rest(300000);
    return child;
}

static int child_status(void)
{
    pid_t child = fork();
    int status;

    if (child == 0)
        _exit(1);
    while (waitpid(child, &status, 0) != child)
        ;
    return WEXITSTATUS(status);
}

static void *work(void *unused)
{
    for (int i = 0; i < 20; i++) {
        pthread_mutex_lock(&lock);
        n++;
        rest(1000000);
        if (i % 2)
            children += child_status();
        pthread_mutex_unlock(&lock);
    }
    return unused;
}

int main(void)
{
    pthread_t thread[3];
    pid_t storm;

    signal(SIGALRM, handle);
    signal(SIGWINCH, handle);
    signal(SIGCONT, handle);
    storm = begin_storm(getpid());
    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, work, NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    kill(storm, SIGKILL);
    printf("n %d, %d children%s\n", n, children, handled ? "" : ", quiet");
    return 7;
}
