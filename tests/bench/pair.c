/*
 * pair.c -- a small program for `explore -- COMMAND`: two threads take two locks
 * ten times each. `pair N` forks N times and does it in each child, without
 * anybody's help: what the system takes for a run.
 */
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ROUNDS = 10
};

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

static void *takes(void *unused)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&first);
        pthread_mutex_lock(&second);
        pthread_mutex_unlock(&second);
        pthread_mutex_unlock(&first);
    }
    return unused;
}

static int run(void)
{
    pthread_t thread[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, takes, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        return run();
    for (long left = atol(argv[1]); left > 0; left--) {
        pid_t child = fork();

        if (child == 0)
            _exit(run());
        waitpid(child, NULL, 0);
    }
    return 0;
}
