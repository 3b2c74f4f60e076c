/*
 * own.c -- a program that uses concviz.h, in which all names are what it finds
 * on standard input, each ended by NUL; it prints them, too.
 */
#include <concviz.h>
#include <stdio.h>
#include <string.h>

static void say(void *text)
{
    cv_say("%s", (char *)text);
    puts(text);
}

int main(void)
{
    static char bytes[1 << 22];
    size_t length = fread(bytes, 1, sizeof bytes - 1, stdin);

    for (char *at = bytes; at < bytes + length; at += strlen(at) + 1) {
        cv_mutex_new("%s", at);
        cv_shared_new(1, "%s", at);
        cv_spawn(say, at, "%s", at);
    }
    return cv_run();
}
