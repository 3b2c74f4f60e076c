/*
 * forks.c -- threads open no descriptors; the child of a fork has one thread
 * only, and can make others.
 * status: 0
 * out: descriptors 0
 * out: child 5
 * out: shell 6
 * out: command hello
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void *five(void *unused)
{
    (void)unused;
    return (void *)5;
}

static void *forker(void *unused)
{
    pid_t child = fork();
    int status = 0;
    pthread_t thread;
    void *value;

    if (child == 0) {
        pthread_create(&thread, NULL, five, NULL);
        pthread_join(thread, &value);
        _exit((int)(long)value);
    }
    waitpid(child, &status, 0);
    printf("child %d\n", WEXITSTATUS(status));
    return unused;
}

static void *other(void *unused)
{
    usleep(20000);
    return unused;
}

int main(void)
{
    char text[16] = "";
    int free_one = dup(1);
    pthread_t thread[2];
    FILE *pipe;

    setvbuf(stdout, NULL, _IOLBF, 0);
    close(free_one);
    pthread_create(&thread[0], NULL, forker, NULL);
    pthread_create(&thread[1], NULL, other, NULL);
    printf("descriptors %d\n", dup(1) - free_one);
    pthread_join(thread[0], NULL);
    printf("shell %d\n", WEXITSTATUS(system("exit 6")));
    pipe = popen("echo hello", "r");
    if (fgets(text, sizeof text, pipe))
        printf("command %s", text);
    pclose(pipe);
    pthread_join(thread[1], NULL);
    return 0;
}
